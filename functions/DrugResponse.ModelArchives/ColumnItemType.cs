namespace DrugResponse.ModelArchives;

/// <summary>Type of one item of a column. The values are the type codes of the archive format.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Core/Data/ColumnTypeExtensions.cs</c> and <c>InternalDataKind</c>.</remarks>
#pragma warning disable CA1720 // The members are the format's own names of its types.
public enum ColumnItemType
{
    /// <summary>Signed 8-bit integer.</summary>
    SByte = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    Byte = 2,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 5,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 8,

    /// <summary>32-bit IEEE number; NaN means missing.</summary>
    Single = 9,

    /// <summary>64-bit IEEE number; NaN means missing.</summary>
    Double = 10,

    /// <summary>Text; it has no missing value, the empty text is just empty.</summary>
    Text = 11,

    /// <summary>True or false.</summary>
    Boolean = 12,

    /// <summary>A duration in ticks.</summary>
    TimeSpan = 13,

    /// <summary>A point in time in ticks.</summary>
    DateTime = 14,

    /// <summary>A point in time with an offset. It cannot be evaluated.</summary>
    DateTimeOffset = 15,

    /// <summary>A 16-byte row identifier. It cannot be evaluated.</summary>
    RowId = 16,
}
#pragma warning restore CA1720
