using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>Brings an input to plain text: undoes gzip, drops the byte order mark, and ends what grows beyond all measure.</summary>
internal static class InputText
{
    private static readonly StreamPipeReaderOptions Buffering = new(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024, leaveOpen: true);

    /// <summary>
    /// Opens an input. Whether it is gzip is seen from its first bytes: an older Functions host loses <c>Content-Encoding</c> on the way.
    /// </summary>
    /// <param name="stream">The input as sent.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="maxTextBytes">Most bytes after decompression.</param>
    public static async Task<PipeReader> OpenAsync(
        Stream stream, CancellationToken cancellationToken, long maxTextBytes = BatchLimits.MaxTextBytes)
    {
        var raw = PipeReader.Create(stream, Buffering);
        var text = raw;
        if (await StartsWithAsync(raw, [0x1F, 0x8B], cancellationToken))
        {
            var plain = new GZipStream(raw.AsStream(), CompressionMode.Decompress);
            text = PipeReader.Create(new BoundedStream(plain, maxTextBytes), Buffering);
        }

        byte[] byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (await StartsWithAsync(text, byteOrderMark, cancellationToken))
            await SkipAsync(text, byteOrderMark.Length, cancellationToken);
        else if (await StartsWithAsync(text, [0xFF, 0xFE], cancellationToken) || await StartsWithAsync(text, [0xFE, 0xFF], cancellationToken))
            throw new InputRefusedException(ProblemResponses.UnreadableInput("The input is UTF-16; send UTF-8."));
        return text;
    }

    private static async Task<bool> StartsWithAsync(PipeReader input, byte[] start, CancellationToken cancellationToken)
    {
        var read = await input.ReadAtLeastAsync(start.Length, cancellationToken);
        var isStart = read.Buffer.Length >= start.Length && read.Buffer.Slice(0, start.Length).ToArray().AsSpan().SequenceEqual(start);
        input.AdvanceTo(read.Buffer.Start);
        return isStart;
    }

    private static async Task SkipAsync(PipeReader input, int count, CancellationToken cancellationToken)
    {
        var read = await input.ReadAtLeastAsync(count, cancellationToken);
        input.AdvanceTo(read.Buffer.GetPosition(count));
    }
}
