using System.Buffers;
using System.Buffers.Text;

namespace DrugResponse.Storage;

/// <summary>Strict base64url: of the texts that decode to the same bytes, only the one that encoding gives is taken.</summary>
internal static class Base64UrlText
{
    // The longest text in use is a prediction id of 43 characters.
    private const int MaxLength = 64;

    /// <summary>Decodes a text of known length into exactly the bytes of the destination.</summary>
    public static bool TryDecode(string? text, int textLength, Span<byte> destination)
    {
        if (text is null || text.Length != textLength)
            return false;

        // White space and padding, which the decoder would skip, and bits behind the last byte come out differently.
        Span<char> canonical = stackalloc char[MaxLength];
        return Base64Url.DecodeFromChars(text, destination, out _, out var decoded) == OperationStatus.Done
            && decoded == destination.Length
            && Base64Url.TryEncodeToChars(destination, canonical, out var encoded)
            && text.AsSpan().SequenceEqual(canonical[..encoded]);
    }
}
