namespace DrugResponse.ModelArchives.Format;

/// <summary>A column of a binary data file.</summary>
/// <param name="Name">Its name; a later column of the same name hides this one.</param>
/// <param name="Codec">Type and encoding.</param>
/// <param name="LookupOffset">Offset of the table of its value blocks.</param>
/// <param name="RowsPerBlock">Rows in each value block but the last.</param>
/// <param name="IsDeflated">Whether value blocks are deflated.</param>
/// <param name="AnnotationsOffset">Offset of its annotations, or 0.</param>
internal sealed record SchemaColumn(string Name, Codec Codec, long LookupOffset, int RowsPerBlock, bool IsDeflated, long AnnotationsOffset)
{
    public ColumnType Type => Codec.Type;
}

/// <summary>The column table of a binary data file (<c>Schema</c>, <c>TrainSchema</c>, <c>*.idv</c>).</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/Binary/Header.cs</c> and <c>BinaryLoader.cs</c>. Header of 256 bytes:
/// 0 u64 signature, 8 u64 version, 16 u64 compatible version, 24 i64 offset of the column table, 32 i64 offset of the tail
/// signature, 40 i64 rows, 48 i32 columns. Column record: name, codec, u8 compression, LEB128 rows per block, i64 offset of
/// the block table, i64 offset of the annotations or 0.
/// </remarks>
internal sealed class SchemaFile
{
    public const int HeaderSize = 256;
    public const ulong Signature = 0x00425644004C4D43;
    public const ulong TailSignature = 0x434D4C0044564200;
    public const ulong Version = 0x0001000100010006;
    private const ulong OldestVersion = 0x0001000100010002;
    private const ulong OldestCompatibleVersion = 0x0001000100010004;
    private const int SmallestColumnRecord = 20;

    /// <summary>What a column takes in memory, roughly; many times its smallest record.</summary>
    private const int ColumnFootprint = 400;
    private const string KeyValuesKind = "KeyValues";

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ExpansionBudget _budget;

    private SchemaFile(string entry, ReadOnlyMemory<byte> bytes, ExpansionBudget budget, IReadOnlyList<SchemaColumn> columns, long rows)
    {
        Entry = entry;
        _bytes = bytes;
        _budget = budget;
        Columns = columns;
        Rows = rows;
    }

    public string Entry { get; }

    /// <summary>The columns of known type, in file order, hidden ones included.</summary>
    public IReadOnlyList<SchemaColumn> Columns { get; }

    public long Rows { get; }

    public SchemaColumn? Find(string name) => Columns.LastOrDefault(column => column.Name == name);

    public static SchemaFile Read(EntryReader reader)
    {
        var bytes = reader.Bytes(reader.Remaining, "the file");
        reader = new EntryReader(reader.Entry, bytes, reader.Budget);
        var (table, rows, count) = ReadHeader(reader);
        reader.MoveTo(table, "the column table");

        if (count < 0 || (long)count * SmallestColumnRecord > reader.Remaining)
            throw reader.MalformedAt(48, $"a number of columns that {reader.Remaining} bytes can hold", EntryReader.Text(count));

        reader.Budget.Take(reader.Entry, 48, (long)count * ColumnFootprint);
        var columns = new List<SchemaColumn>(count);
        for (var index = 0; index < count; index++)
        {
            if (ReadColumn(reader) is { } column)
                columns.Add(column);
        }

        return new SchemaFile(reader.Entry, bytes, reader.Budget, columns, rows);
    }

    /// <summary>A reader over the whole file, to follow offsets with.</summary>
    public EntryReader OpenAt(long offset, string what)
    {
        var reader = new EntryReader(Entry, _bytes, _budget);
        reader.MoveTo(offset, what);

        return reader;
    }

    /// <summary>A reader over a block of this file, expanded if it is deflated.</summary>
    public EntryReader OpenBlock(long offset, int size, bool isDeflated)
    {
        var block = OpenAt(offset, "a block").Bytes(size, "a block");
        _budget.Take(Entry, offset, size);

        return new EntryReader(Entry, isDeflated ? RawDeflate.ExpandWithin(block, Entry, _budget) : block, _budget);
    }

    /// <summary>Reads what each key of a column stands for: its <c>KeyValues</c> annotation, where there is one.</summary>
    /// <remarks>
    /// Annotations: LEB128 count; per annotation its kind, codec, u8 compression, i64 offset and LEB128 size of a block of one value.
    /// </remarks>
    public TypedValues? ReadKeyValues(SchemaColumn column)
    {
        if (column.AnnotationsOffset == 0)
            return null;

        var reader = OpenAt(column.AnnotationsOffset, "the annotations");
        var count = reader.Leb128("the number of annotations");

        for (var index = 0; index < count; index++)
        {
            var kind = reader.Utf8("the kind of an annotation");
            var codec = Codec.Read(reader);
            var compression = reader.Byte("the compression of an annotation");
            var offset = reader.Int64("the offset of an annotation");
            var size = reader.Leb128("the size of an annotation");

            if (kind == KeyValuesKind && compression <= 1 && codec is { Type: { IsVector: true, Item: not (ColumnItemType.RowId or ColumnItemType.DateTimeOffset) } })
                return ValueBlock.ReadVector(OpenBlock(offset, size, compression == 1), codec);
        }

        return null;
    }

    private static (long Table, long Rows, int Columns) ReadHeader(EntryReader reader)
    {
        if (reader.Remaining < HeaderSize + 8)
            throw reader.Malformed($"a header of {HeaderSize} bytes and a tail of 8", $"{reader.Remaining} bytes");
        if (reader.UInt64("the signature") != Signature)
            throw reader.MalformedAt(0, "the binary data signature 'CML\\0DVB'", "other bytes");

        var version = reader.UInt64("the version");
        var compatible = reader.UInt64("the compatible version");
        if (version < OldestVersion || compatible is < OldestCompatibleVersion or > Version)
            throw reader.MalformedAt(8, "a binary data version that a reader of version 1.1.1.6 understands", $"{version:X16}, readable from {compatible:X16}");

        var table = reader.Int64("the offset of the column table");
        var tail = reader.Int64("the offset of the tail");
        var rows = reader.Int64("the number of rows");
        var columns = reader.Int32("the number of columns");

        reader.MoveTo(tail, "the tail");
        if (tail < HeaderSize || reader.UInt64("the tail signature") != TailSignature)
            throw reader.MalformedAt(tail, "the binary data tail signature", "other bytes");
        if (table < HeaderSize || rows < 0)
            throw reader.MalformedAt(24, "a column table behind the header and rows from 0", $"table at {table}, {rows} rows");

        return (table, rows, columns);
    }

    private static SchemaColumn? ReadColumn(EntryReader reader)
    {
        var name = reader.Utf8("the name of a column");
        var codec = Codec.Read(reader);
        var compression = reader.Byte("the compression of a column");
        var rowsPerBlock = reader.Leb128("the rows per block");
        var lookup = reader.Int64("the offset of the block table");
        var annotations = reader.Int64("the offset of the annotations");

        return codec is null || compression > 1 ? null : new SchemaColumn(name, codec, lookup, rowsPerBlock, compression == 1, annotations);
    }
}
