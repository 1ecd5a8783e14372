using System.IO.Compression;
using System.Runtime.InteropServices;

namespace DrugResponse.ModelArchives.Format;

/// <summary>Expands raw deflate data (no zlib wrapper), never beyond a size that is known or allowed.</summary>
internal static class RawDeflate
{
    public static byte[] Expand(ReadOnlyMemory<byte> compressed, int expandedSize, string entry)
    {
        using var source = Open(compressed);
        using var inflater = new DeflateStream(source, CompressionMode.Decompress);
        var expanded = new byte[expandedSize];

        try
        {
            var read = inflater.ReadAtLeast(expanded, expandedSize, throwOnEndOfStream: false);
            if (read != expandedSize)
                throw new ModelArchiveFormatException(entry, read, $"{expandedSize} expanded bytes", $"{read}");
            if (inflater.ReadByte() != -1)
                throw new ModelArchiveFormatException(entry, expandedSize, $"{expandedSize} expanded bytes", "more");
        }
        catch (InvalidDataException exception)
        {
            throw new ModelArchiveFormatException(entry, 0, "deflated data", "data that does not inflate", exception);
        }

        return expanded;
    }

    /// <summary>Expands a block whose expanded size is not stated, as far as the budget goes.</summary>
    public static byte[] ExpandWithin(ReadOnlyMemory<byte> compressed, string entry, ExpansionBudget budget)
    {
        using var source = Open(compressed);
        using var inflater = new DeflateStream(source, CompressionMode.Decompress);
        using var expanded = new MemoryStream();
        var buffer = new byte[16 << 10];

        try
        {
            for (int read; (read = inflater.Read(buffer)) != 0;)
            {
                budget.Take(entry, 0, read);
                expanded.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new ModelArchiveFormatException(entry, 0, "deflated data", "data that does not inflate", exception);
        }

        return expanded.ToArray();
    }

    /// <summary>Expands the first bytes of a block, fewer if it is shorter.</summary>
    /// <exception cref="InvalidDataException">The data does not inflate.</exception>
    public static ReadOnlySpan<byte> ExpandStart(ReadOnlyMemory<byte> compressed, int size)
    {
        using var source = Open(compressed);
        using var inflater = new DeflateStream(source, CompressionMode.Decompress);
        var expanded = new byte[size];

        return expanded.AsSpan(0, inflater.ReadAtLeast(expanded, size, throwOnEndOfStream: false));
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> compressed) =>
        MemoryMarshal.TryGetArray(compressed, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(compressed.ToArray(), writable: false);
}
