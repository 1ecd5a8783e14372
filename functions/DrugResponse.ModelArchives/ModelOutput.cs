namespace DrugResponse.ModelArchives;

/// <summary>A result column of a model.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="ItemType">Type of its items; of the raw number if they are keys.</param>
/// <param name="VectorLength">Number of items of a vector; null for a single item.</param>
/// <param name="KeyCardinality">If the items are keys, their number: raw values are 1 to this, 0 meaning missing. Otherwise 0.</param>
public sealed record ModelOutput(string Name, ColumnItemType ItemType, int? VectorLength, ulong KeyCardinality)
{
    /// <summary>Number of items: 1 unless the column is a vector.</summary>
    public int SlotCount => VectorLength ?? 1;
}
