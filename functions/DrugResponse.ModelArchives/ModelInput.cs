namespace DrugResponse.ModelArchives;

/// <summary>An input column of a model.</summary>
public sealed record ModelInput
{
    internal ModelInput()
    {
    }

    /// <summary>Name of the column; case matters.</summary>
    public required string Name { get; init; }

    /// <summary>Type of its items; of the raw number if they are keys.</summary>
    public required ColumnItemType ItemType { get; init; }

    /// <summary>Number of items of a vector, in slot order; null for a single item; 0 for a vector whose length the archive leaves open (never used).</summary>
    public required int? VectorLength { get; init; }

    /// <summary>If the items are keys, their number: the raw values are 1 to this, 0 meaning missing. Otherwise 0.</summary>
    public required ulong KeyCardinality { get; init; }

    /// <summary>
    /// Whether the model has a rule for a missing value: NaN in a number, 0 in a key, the empty text. If it has none, a
    /// missing value makes the score NaN or is taken for an ordinary value.
    /// </summary>
    public required bool MayBeMissing { get; init; }

    /// <summary>Whether the results can depend on this column. Columns that are not used need not be given.</summary>
    public required bool IsUsed { get; init; }

    /// <summary>Number of items: 1 unless the column is a vector.</summary>
    public int SlotCount => VectorLength ?? 1;
}
