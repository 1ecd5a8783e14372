using System.Globalization;
using System.Text;
using System.Text.Json;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>
/// A file into which results or errors are read: under another name until they are whole. What an interruption left is cut back to the last
/// row that is certainly complete, and reading goes on behind it.
/// </summary>
/// <param name="path">Where the whole file is to be.</param>
/// <param name="source">
/// Of what the file is, in letters that a file name may have: what is left of another source is not gone on with.
/// </param>
/// <param name="format">One of <see cref="BatchFormats"/>.</param>
internal sealed class BatchLineFile(string path, string source, string format)
{
    private readonly string _partial = $"{path}.{source}.{format}.partial";

    /// <summary>Cuts the file back to its complete rows.</summary>
    /// <returns>
    /// The line of the last row that is left, and of the last one that was begun and may have been whole; 0 where there is none.
    /// </returns>
    public (long Line, long Begun) CutBack()
    {
        if (!File.Exists(_partial))
            return (0, 0);

        using var file = new FileStream(_partial, FileMode.Open, FileAccess.ReadWrite);
        var (length, line, begun) = format == BatchFormats.Csv ? FindEndOfCsv(file) : FindEndOfNdJson(file);
        file.SetLength(length);
        return (line, begun);
    }

    /// <summary>Opens the file to add to it.</summary>
    public FileStream Append() =>
        new(_partial, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024, FileOptions.Asynchronous);

    /// <summary>Gives the file its name, in place of an earlier one.</summary>
    public void Complete() => File.Move(_partial, path, overwrite: true);

    private static (long Length, long Line, long Begun) FindEndOfNdJson(FileStream file)
    {
        foreach (var (start, end) in LinesFromTheEnd(file))
        {
            if (LineOfJson(Read(file, start, end)) is { } line)
                return (end, line, line);
        }

        return (0, 0, 0);
    }

    // A row has several records in CSV. Those of the last one may not all be there, so they go.
    private static (long Length, long Line, long Begun) FindEndOfCsv(FileStream file)
    {
        (long Length, long Line) whole = (0, 0);
        long current = 0;
        foreach (var (start, text) in CsvRecords.Of(file))
        {
            if (LineOfCsv(text) is not { } line || line == current)
                continue;
            if (current > 0)
                whole = (start, current);
            current = line;
        }

        return (whole.Length, whole.Line, current);
    }

    /// <summary>The complete lines of a file, the last one first: where each begins, and where it ends with its line break.</summary>
    private static IEnumerable<(long Start, long End)> LinesFromTheEnd(FileStream file)
    {
        var end = PreviousBreak(file, file.Length);
        while (end > 0)
        {
            var start = PreviousBreak(file, end - 1);
            yield return (start, end);
            end = start;
        }
    }

    /// <summary>The position behind the last line break before a position; 0 if there is none.</summary>
    private static long PreviousBreak(FileStream file, long before)
    {
        var buffer = new byte[64 * 1024];
        while (before > 0)
        {
            var count = (int)Math.Min(buffer.Length, before);
            file.Position = before - count;
            file.ReadExactly(buffer, 0, count);
            if (buffer.AsSpan(0, count).LastIndexOf((byte)'\n') is >= 0 and var index)
                return before - count + index + 1;
            before -= count;
        }

        return 0;
    }

    private static byte[] Read(FileStream file, long start, long end)
    {
        var bytes = new byte[end - start];
        file.Position = start;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static long? LineOfJson(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("line").GetInt64();
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // "rowId,line,…", where the row's id may be quoted.
    private static long? LineOfCsv(string text)
    {
        var start = 0;
        if (text.StartsWith('"'))
        {
            for (start = 1; start < text.Length && (text[start] != '"' || (start + 1 < text.Length && text[start + 1] == '"')); start++)
                start += text[start] == '"' ? 1 : 0;
        }

        var fields = text[Math.Min(start, text.Length)..].Split(',');
        return fields.Length > 2 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;
    }
}
