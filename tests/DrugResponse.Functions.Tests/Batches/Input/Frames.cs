using System.IO.Compression;
using System.Text;
using DrugResponse.Functions.Batches.Input;

namespace DrugResponse.Functions.Tests.Batches.Input;

/// <summary>Cuts a text into rows, however small the pieces in which it arrives.</summary>
internal static class Frames
{
    public const int MaxRowBytes = 200;

    /// <summary>What became of a row.</summary>
    public sealed record Frame(long Line, string Json, string? Fault);

    public static Task<IReadOnlyList<Frame>> OfAsync(string text, string format, int pieceBytes = int.MaxValue) =>
        OfAsync(Encoding.UTF8.GetBytes(text), format, pieceBytes);

    public static async Task<IReadOnlyList<Frame>> OfAsync(byte[] input, string format, int pieceBytes = int.MaxValue)
    {
        var frames = new List<Frame>();
        using var stream = new PiecewiseStream(input, pieceBytes);
        await foreach (var row in InputFrames.ReadAsync(stream, format, MaxRowBytes, TestContext.Current.CancellationToken))
            frames.Add(new Frame(row.Line, Encoding.UTF8.GetString(row.Json.Span), row.Fault));
        return frames;
    }

    public static byte[] GZip(ReadOnlySpan<byte> plain)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return buffer.ToArray();
    }

    private sealed class PiecewiseStream(byte[] content, int pieceBytes) : MemoryStream(content, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
