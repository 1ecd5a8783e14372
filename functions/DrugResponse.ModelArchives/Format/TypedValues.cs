namespace DrugResponse.ModelArchives.Format;

/// <summary>Values of one item type, in the form in which they are evaluated: integers, Booleans, keys and times as 64-bit integers.</summary>
internal sealed class TypedValues
{
    private readonly Array _values;

    private TypedValues(ColumnItemType item, Array values)
    {
        Item = item;
        _values = values;
    }

    public ColumnItemType Item { get; }

    public int Count => _values.Length;

    public ReadOnlySpan<float> Singles => (float[])_values;

    public ReadOnlySpan<double> Doubles => (double[])_values;

    /// <summary>Integers of every width; UInt64 as its bits.</summary>
    public ReadOnlySpan<long> Integers => (long[])_values;

    public ReadOnlySpan<string> Texts => (string[])_values;

    public static TypedValues Of(float[] values) => new(ColumnItemType.Single, values);

    public static TypedValues Of(double[] values) => new(ColumnItemType.Double, values);

    public static TypedValues Of(string[] values) => new(ColumnItemType.Text, values);

    public static TypedValues Of(ColumnItemType item, long[] values) => new(item, values);

    public static TypedValues Empty(ColumnItemType item) => item switch
    {
        ColumnItemType.Single => Of(Array.Empty<float>()),
        ColumnItemType.Double => Of(Array.Empty<double>()),
        ColumnItemType.Text => Of(Array.Empty<string>()),
        _ => Of(item, []),
    };

    public static TypedValues Concatenate(ColumnItemType item, IReadOnlyList<TypedValues> parts) => item switch
    {
        ColumnItemType.Single => Of(parts.SelectMany(part => (float[])part._values).ToArray()),
        ColumnItemType.Double => Of(parts.SelectMany(part => (double[])part._values).ToArray()),
        ColumnItemType.Text => Of(parts.SelectMany(part => (string[])part._values).ToArray()),
        _ => Of(item, parts.SelectMany(part => (long[])part._values).ToArray()),
    };
}
