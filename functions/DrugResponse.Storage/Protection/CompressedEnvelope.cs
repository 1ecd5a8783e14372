using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace DrugResponse.Storage.Protection;

/// <summary>Compresses a content, then encrypts it under the tenant's key, and gives it back. Thread-safe.</summary>
/// <remarks>
/// Sealed bytes are an envelope (<see cref="EnvelopeCipher"/>) around: byte 0 the form (1), bytes 1 to 4 the length of the content
/// (little-endian), then the content compressed by Brotli.
/// </remarks>
/// <param name="cipher">Encrypts.</param>
/// <param name="quality">Brotli's quality, 0 to 11. What was sealed with another one opens all the same.</param>
/// <param name="window">Brotli's window, 10 to 24.</param>
internal sealed class CompressedEnvelope(EnvelopeCipher cipher, int quality, int window)
{
    /// <summary>Most bytes of a content.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    private const byte Brotli = 1;
    private const int HeaderLength = 5;

    /// <summary>Makes of a content what may be stored.</summary>
    /// <param name="place">Where it is to lie; see <see cref="EnvelopePlace.Location"/>.</param>
    /// <param name="content">The content, at most <see cref="MaxLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The content is too long.</exception>
    public ReadOnlyMemory<byte> Seal(EnvelopePlace place, ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxLength)
            throw new ArgumentException(
                $"A content of {content.Length} bytes is longer than the {MaxLength} that are kept.", nameof(content));

        var buffer = ArrayPool<byte>.Shared.Rent(HeaderLength + BrotliEncoder.GetMaxCompressedLength(content.Length));
        try
        {
            buffer[0] = Brotli;
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(1), content.Length);
            return BrotliEncoder.TryCompress(content, buffer.AsSpan(HeaderLength), out var length, quality, window)
                ? cipher.Seal(place, buffer.AsSpan(0, HeaderLength + length))
                : throw new InvalidOperationException("Brotli needed more room than its own bound.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Gives back what was sealed.</summary>
    /// <param name="place">Where it lay.</param>
    /// <param name="sealedContent">The stored bytes.</param>
    /// <exception cref="InvalidDataException">They are not what was stored.</exception>
    public byte[] Open(EnvelopePlace place, ReadOnlyMemory<byte> sealedContent)
    {
        var stored = (ReadOnlySpan<byte>)cipher.Open(place, sealedContent.Span);
        if (stored.Length < HeaderLength
            || stored[0] != Brotli
            || BinaryPrimitives.ReadInt32LittleEndian(stored[1..]) is not (>= 0 and <= MaxLength and var length))
            throw new InvalidDataException("A stored content does not say how it is kept.");

        var content = new byte[length];
        return BrotliDecoder.TryDecompress(stored[HeaderLength..], content, out var written) && written == length
            ? content
            : throw new InvalidDataException("A stored content is not as long as it was.");
    }
}
