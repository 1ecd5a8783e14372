using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Predictions;

/// <summary>Sealed bytes in a row: in <c>Content0</c>, <c>Content1</c>, ... of 64 KiB each, the last one shorter.</summary>
internal static class ContentParts
{
    /// <summary>Most sealed bytes that a row takes; the service's limit for the whole row is 1 MiB.</summary>
    public const int MaxInRow = 512 * 1024;

    // Names are made once: a row has up to eight parts.
    private static readonly string[] PartProperties =
        [.. Enumerable.Range(0, MaxInRow / TableEntityWriter.MaxBinaryLength).Select(index => $"Content{index}")];

    /// <summary>Puts sealed bytes into a row.</summary>
    public static void Store(ReadOnlyMemory<byte> bytes, TableEntity row)
    {
        for (var part = 0; !bytes.IsEmpty; part++)
        {
            var length = Math.Min(bytes.Length, TableEntityWriter.MaxBinaryLength);
            row[PartProperties[part]] = BinaryData.FromBytes(bytes[..length]);
            bytes = bytes[length..];
        }
    }

    /// <summary>Takes the sealed bytes out of a row.</summary>
    public static ReadOnlyMemory<byte> Load(TableEntity row)
    {
        var parts = PartProperties.Select(row.GetBinary).TakeWhile(part => part is not null).ToArray();
        return parts.Length == 1 ? parts[0] : parts.SelectMany(part => part!).ToArray();
    }
}
