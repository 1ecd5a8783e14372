namespace DrugResponse.ModelArchives.Format;

/// <summary>Reads the values of a column of a binary data file.</summary>
/// <remarks>
/// At the column's look-up offset lie ceil(rows / rows per block) records of i64 block offset, i32 stored size, i32 expanded
/// size; each block holds the values of so many rows, the last one of the rest.
/// </remarks>
internal static class SchemaRows
{
    private const int RecordSize = 16;

    /// <summary>Memory of one value, roughly.</summary>
    private const int ValueFootprint = 32;

    public static TypedValues Read(SchemaFile file, SchemaColumn column)
    {
        if (file.Rows > int.MaxValue || column.RowsPerBlock <= 0)
            throw new ModelArchiveFormatException(file.Entry, 40, "a number of rows below 2^31 in blocks of at least one", $"{file.Rows} rows, {column.RowsPerBlock} a block");

        var rows = (int)file.Rows;
        var lookup = file.OpenAt(column.LookupOffset, "the block table");
        var blocks = (rows + (long)column.RowsPerBlock - 1) / column.RowsPerBlock;
        if (blocks * RecordSize > lookup.Remaining)
            throw lookup.Malformed($"a table of {blocks} blocks", $"{lookup.Remaining} bytes before the end");

        lookup.Budget.Take(file.Entry, 40, (long)rows * ValueFootprint);
        var parts = new List<TypedValues>();

        for (var first = 0; first < rows; first += column.RowsPerBlock)
        {
            var offset = lookup.Int64("the offset of a block");
            var size = lookup.Int32("the size of a block");
            lookup.Int32("the expanded size of a block");
            parts.Add(ValueBlock.Read(file.OpenBlock(offset, size, column.IsDeflated), column.Codec, Math.Min(column.RowsPerBlock, rows - first)));
            if (column.RowsPerBlock > rows - first)
                break;
        }

        return TypedValues.Concatenate(column.Type.Item, parts);
    }
}
