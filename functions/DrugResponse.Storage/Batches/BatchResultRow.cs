namespace DrugResponse.Storage.Batches;

/// <summary>What came of a row.</summary>
public enum BatchResultKind
{
    /// <summary>It was scored.</summary>
    Result = 0,

    /// <summary>It could not be.</summary>
    Error = 1,

    /// <summary>It was erased with its patient: only that there was such a row is kept.</summary>
    Erased = 2,
}

/// <summary>What came of one row of a batch.</summary>
/// <param name="Row">Number of the row in the batch, from 0.</param>
/// <param name="Line">Where it stands in the input.</param>
/// <param name="Kind">Whether it was scored.</param>
/// <param name="Content">The line of <c>/results</c> or <c>/errors</c>: UTF-8 JSON without a line break.</param>
public sealed record BatchResultRow(long Row, long Line, BatchResultKind Kind, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether what came of the row is stored and cannot be read: then it has no content.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>
    /// The pseudonyms of the patient whom it is about, by which it is found when the patient is to be erased; none when the row names no
    /// patient.
    /// </summary>
    public IReadOnlyList<string> Pseudonyms { get; init; } = [];

    // Records print their properties; the content is about a patient.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Row = {Row}, Kind = {Kind}");
        return true;
    }
}
