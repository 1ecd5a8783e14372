using System.Buffers;
using System.IO.Pipelines;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>Tells which character separates the fields, from the header alone: values may hold the other one, names do not.</summary>
internal static class CsvSeparator
{
    private const int MaxHeaderBytes = 1024 * 1024;

    /// <summary>Looks at the first line and leaves it unread.</summary>
    /// <param name="input">The text.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Semicolon if the line has more of them than commas, else comma.</returns>
    public static async Task<char> FindAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var end = read.Buffer.PositionOf((byte)'\n');
            if (end is null && !read.IsCompleted && read.Buffer.Length < MaxHeaderBytes)
            {
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var line = (end is { } position ? read.Buffer.Slice(0, position) : read.Buffer).ToArray();
            input.AdvanceTo(read.Buffer.Start);
            return line.Count(static symbol => symbol == ';') > line.Count(static symbol => symbol == ',') ? ';' : ',';
        }
    }
}
