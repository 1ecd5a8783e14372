namespace DrugResponse.Functions.Batches.Input;

/// <summary>One row of a batch's input, cut out and not looked into.</summary>
/// <param name="Line">Its first line in the file, counted from 1; in a JSON array its number.</param>
/// <param name="Json">The row as UTF-8 JSON, valid until the next row is asked for; what there is of it if there is a fault.</param>
/// <param name="Fault">Why the row cannot be used, or null.</param>
internal readonly record struct RowFrame(long Line, ReadOnlyMemory<byte> Json, string? Fault = null)
{
    /// <summary>A row that is longer than rows may be. Nothing of it is kept.</summary>
    public static RowFrame TooLong(long line, int maxBytes) => new(line, default, $"Has more than {maxBytes} bytes, which is the most that a row may have.");
}
