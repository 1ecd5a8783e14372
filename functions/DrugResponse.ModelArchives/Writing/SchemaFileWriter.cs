using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes a column table without rows and annotations; the layout is <see cref="SchemaFile"/>'s.</summary>
internal static class SchemaFileWriter
{
    public static byte[] Write(IReadOnlyList<(string Name, ColumnType Type)> columns)
    {
        var table = new BodyWriter();
        foreach (var (name, type) in columns)
            WriteColumn(table, name, type);

        var file = new BodyWriter()
            .UInt64(SchemaFile.Signature)
            .UInt64(SchemaFile.Version)
            .UInt64(SchemaFile.Version)
            .Int64(SchemaFile.HeaderSize)
            .Int64(SchemaFile.HeaderSize + table.Bytes.Length)
            .Int64(0)
            .Int32(columns.Count);

        while (file.Bytes.Length < SchemaFile.HeaderSize)
            file.Byte(0);

        return file.Raw(table.Bytes).UInt64(SchemaFile.TailSignature).Bytes.ToArray();
    }

    /// <summary>A codec definition: name, size of the parameters, parameters.</summary>
    public static void WriteCodec(BodyWriter writer, ColumnType type)
    {
        if (type.VectorLength is { } length)
            WriteWrapped(writer, "VBuffer", type with { VectorLength = null }, parameters => parameters.Int32(1).Int32(length));
        else if (type.IsKey)
            WriteWrapped(writer, "Key2", type with { KeyCardinality = 0 }, parameters => parameters.UInt64(type.KeyCardinality));
        else
            writer.Utf8(type.Item == ColumnItemType.Text ? "TextSpan" : type.Item.ToString()).Leb128(0);
    }

    private static void WriteWrapped(BodyWriter writer, string name, ColumnType item, Action<BodyWriter> writeRest)
    {
        var parameters = new BodyWriter();
        WriteCodec(parameters, item);
        writeRest(parameters);
        writer.Utf8(name).Leb128(parameters.Bytes.Length).Raw(parameters.Bytes);
    }

    /// <summary>Name, codec, compression 1, one row per block, offset of the block table (unused), no annotations.</summary>
    private static void WriteColumn(BodyWriter table, string name, ColumnType type)
    {
        table.Utf8(name);
        WriteCodec(table, type);
        table.Byte(1).Leb128(1).Int64(SchemaFile.HeaderSize).Int64(0);
    }
}
