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
}
