using System.Globalization;

namespace DrugResponse.ModelArchives.Format;

/// <summary>Type of a column.</summary>
/// <param name="Item">Type of an item; for a key, of its raw number.</param>
/// <param name="VectorLength">Null for a scalar; 0 for a vector whose length differs from row to row.</param>
/// <param name="KeyCardinality">0 unless the items are keys, whose raw values are 1 to this number, 0 meaning missing.</param>
internal readonly record struct ColumnType(ColumnItemType Item, int? VectorLength = null, ulong KeyCardinality = 0)
{
    public static readonly ColumnType Number = new(ColumnItemType.Single);

    public bool IsVector => VectorLength is not null;

    public bool IsKey => KeyCardinality != 0;

    /// <summary>Number of slots: 1 for a scalar.</summary>
    public int Slots => VectorLength ?? 1;

    public bool IsReal => !IsKey && Item is ColumnItemType.Single or ColumnItemType.Double;

    public static ColumnType NumberVector(int length) => new(ColumnItemType.Single, length);

    public static ColumnType Key(ulong cardinality, int? vectorLength = null) => new(ColumnItemType.UInt32, vectorLength, cardinality);

    public override string ToString()
    {
        var item = IsKey ? string.Create(CultureInfo.InvariantCulture, $"key of {KeyCardinality} values ({Item})") : Item.ToString();

        return VectorLength switch
        {
            null => item,
            0 => $"vector of {item} of unknown length",
            var length => string.Create(CultureInfo.InvariantCulture, $"vector of {length} {item}"),
        };
    }
}
