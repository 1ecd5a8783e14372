using System.Text;

namespace DrugResponse.Client;

/// <summary>
/// Finds the records of a CSV file. A quoted field may hold line breaks, so where a record begins can only be told from the beginning
/// of the file.
/// </summary>
internal static class CsvRecords
{
    // An id of 256 characters in quotes, of which each may be four bytes or a doubled quote, and a line number.
    private const int BeginningBytes = 2 * 1024;

    /// <summary>
    /// The records that are complete: where each begins, and its first characters. The file is read once, without being kept.
    /// </summary>
    public static IEnumerable<(long Start, string Beginning)> Of(Stream file)
    {
        var buffer = new byte[64 * 1024];
        var beginning = new MemoryStream(BeginningBytes);
        long start = 0;
        long position = 0;
        var isQuoted = false;
        file.Position = 0;
        while (file.Read(buffer) is > 0 and var count)
        {
            for (var index = 0; index < count; index++)
            {
                position++;
                isQuoted ^= buffer[index] == '"';
                if (beginning.Length < BeginningBytes)
                    beginning.WriteByte(buffer[index]);
                if (isQuoted || buffer[index] != '\n')
                    continue;
                yield return (start, Encoding.UTF8.GetString(beginning.GetBuffer(), 0, (int)beginning.Length));
                start = position;
                beginning.SetLength(0);
            }
        }
    }
}
