namespace DrugResponse.ModelArchives.Format;

/// <summary>Encoding of the values of a column in a binary data file, which also tells the column's type.</summary>
/// <param name="Type">The type; a key codec has its raw type as item.</param>
/// <param name="UsesMissingBits">Whether it is the retired two-bit Boolean encoding.</param>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/Binary/CodecFactory.cs</c>. Layout: name (length-prefixed UTF-8),
/// size of the parameters (LEB128), parameters. Only <c>VBuffer</c> (item codec, i32 rank, i32[rank] dimensions),
/// <c>Key2</c> (item codec, u64 cardinality) and <c>Key</c> (item codec, bool contiguous, u64 minimum, i32 cardinality) have any.
/// </remarks>
internal sealed record Codec(ColumnType Type, bool UsesMissingBits = false)
{
    private const int MaxNesting = 2;

    /// <summary>Reads a codec definition; the result is null for a codec that this library does not know.</summary>
    public static Codec? Read(EntryReader reader) => Read(reader, 0);

    /// <summary>Reads a codec definition that the component cannot do without.</summary>
    public static Codec ReadKnown(EntryReader reader)
    {
        var start = reader.Position;

        return Read(reader) ?? throw reader.MalformedAt(start, "a known codec", "another name");
    }

    private static Codec? Read(EntryReader reader, int nesting)
    {
        var start = reader.Position;
        var name = reader.Utf8("the name of a codec");
        var size = reader.Leb128("the size of the codec's parameters");
        if (size > reader.Remaining)
            throw reader.Malformed($"{size} bytes of codec parameters", $"{reader.Remaining} bytes before the end");
        if (nesting > MaxNesting)
            throw reader.MalformedAt(start, "an item codec", "a codec nested too deep");

        var end = reader.Position + size;
        var codec = name switch
        {
            "VBuffer" => ReadVector(reader, nesting),
            "Key2" => ReadKey(reader, nesting, isOld: false),
            "Key" => ReadKey(reader, nesting, isOld: true),
            "TextSpan" => new Codec(new ColumnType(ColumnItemType.Text)),
            "DvBool" => new Codec(new ColumnType(ColumnItemType.Boolean), UsesMissingBits: true),
            "DvTimeSpan" => new Codec(new ColumnType(ColumnItemType.TimeSpan)),
            "DvDateTime" => new Codec(new ColumnType(ColumnItemType.DateTime)),
            "DateTimeOffset" or "DvDateTimeZone" => new Codec(new ColumnType(ColumnItemType.DateTimeOffset)),
            "DataViewRowId" => new Codec(new ColumnType(ColumnItemType.RowId)),
            _ => ScalarItem(name) is { } item ? new Codec(new ColumnType(item)) : null,
        };

        if (codec is null)
            reader.MoveTo(end, "the end of a codec");
        if (reader.Position != end)
            throw reader.MalformedAt(start, $"{size} bytes of parameters of codec '{name}'", EntryReader.Text(reader.Position - (end - size)));

        return codec;
    }

    private static ColumnItemType? ScalarItem(string name) => name switch
    {
        "SByte" => ColumnItemType.SByte,
        "Byte" => ColumnItemType.Byte,
        "Int16" => ColumnItemType.Int16,
        "UInt16" => ColumnItemType.UInt16,
        "Int32" => ColumnItemType.Int32,
        "UInt32" => ColumnItemType.UInt32,
        "Int64" => ColumnItemType.Int64,
        "UInt64" => ColumnItemType.UInt64,
        "Single" => ColumnItemType.Single,
        "Double" => ColumnItemType.Double,
        "Boolean" => ColumnItemType.Boolean,
        "TimeSpan" => ColumnItemType.TimeSpan,
        "DateTime" => ColumnItemType.DateTime,
        _ => null,
    };

    private static Codec? ReadVector(EntryReader reader, int nesting)
    {
        var start = reader.Position;
        var item = Read(reader, nesting + 1);
        var rank = reader.Count(4, "dimensions");
        var dimensions = reader.Int32s(rank, "the dimensions");

        if (item is null)
            return null;
        if (item.Type.IsVector)
            throw reader.MalformedAt(start, "a scalar item codec", "a vector");

        return item with { Type = item.Type with { VectorLength = VectorLength(reader, start, dimensions) } };
    }

    private static int VectorLength(EntryReader reader, int start, int[] dimensions)
    {
        var length = dimensions.Length == 0 ? 0L : 1L;

        foreach (var dimension in dimensions)
        {
            if (dimension < 0 || (length *= dimension) > int.MaxValue)
                throw reader.MalformedAt(start, "dimensions of a vector below 2^31 slots", EntryReader.Text(dimension));
        }

        return (int)length;
    }

    private static Codec? ReadKey(EntryReader reader, int nesting, bool isOld)
    {
        var start = reader.Position;
        var item = Read(reader, nesting + 1);
        var cardinality = isOld ? ReadOldCardinality(reader, item) : reader.UInt64("the cardinality of a key");

        if (item is null)
            return null;
        if (item.Type is not { IsVector: false, IsKey: false, Item: ColumnItemType.Byte or ColumnItemType.UInt16 or ColumnItemType.UInt32 or ColumnItemType.UInt64 })
            throw reader.MalformedAt(start, "an unsigned integer codec under a key", item.Type.ToString());
        if (cardinality == 0)
            throw reader.MalformedAt(start, "a key cardinality above 0", "0");

        return new Codec(item.Type with { KeyCardinality = cardinality });
    }

    private static ulong ReadOldCardinality(EntryReader reader, Codec? item)
    {
        var start = reader.Position;
        var isContiguous = reader.Boolean("the contiguity of a key");
        var minimum = reader.UInt64("the minimum of a key");
        var count = reader.Int32("the cardinality of a key");

        if (!isContiguous || minimum != 0 || count < 0)
            throw reader.MalformedAt(start, "a contiguous key from 0", $"contiguous {isContiguous}, minimum {minimum}, count {count}");

        return count != 0 ? (ulong)count : KeyLimit(item?.Type.Item ?? ColumnItemType.UInt32);
    }

    /// <summary>The cardinality that the format reads from 0: as many as the raw type can number beside 0.</summary>
    public static ulong KeyLimit(ColumnItemType item) => item switch
    {
        ColumnItemType.Byte => byte.MaxValue,
        ColumnItemType.UInt16 => ushort.MaxValue,
        ColumnItemType.UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };
}
