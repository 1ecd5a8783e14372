using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>Cuts newline-delimited JSON into rows. Blank lines are passed over, and counted.</summary>
internal static class NdJsonFrames
{
    /// <summary>Reads the rows.</summary>
    /// <param name="input">The text.</param>
    /// <param name="maxRowBytes">Most bytes of a row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<RowFrame> ReadAsync(
        PipeReader input, int maxRowBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long line = 0;
        var isTooLong = false;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, read.IsCompleted, out var text))
            {
                line++;
                if (isTooLong || text.Length > maxRowBytes)
                    yield return RowFrame.TooLong(line, maxRowBytes);
                else if (Contiguous(text) is var row && !row.Span.Trim(" \t\r"u8).IsEmpty)
                    yield return new RowFrame(line, row);
                isTooLong = false;
            }

            if (read.IsCompleted)
                yield break;

            // The rest of such a line is not kept while its end is looked for.
            if (buffer.Length > maxRowBytes)
            {
                isTooLong = true;
                buffer = buffer.Slice(buffer.End);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isLast || buffer.IsEmpty)
            return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> text) => text.IsSingleSegment ? text.First : text.ToArray();
}
