namespace DrugResponse.ModelArchives.Scoring;

/// <summary>The values of one row while it is evaluated. Used by one thread at a time and then again for the next row.</summary>
/// <remarks>
/// Every column has its place in the array of its kind. A vector is always held in full, implicit zeros included; where the
/// form matters, the explicit slots are listed as well.
/// </remarks>
internal sealed class RowState(int singles, int doubles, int integers, int texts, int forms, int indices)
{
    public const int Dense = -1;

    public readonly float[] Singles = new float[singles];
    public readonly double[] Doubles = new double[doubles];
    public readonly long[] Integers = new long[integers];
    public readonly string[] Texts = NewTexts(texts);

    /// <summary>Per tracked vector: how many slots are explicit, or <see cref="Dense"/>.</summary>
    public readonly int[] ExplicitCounts = new int[forms];

    /// <summary>The explicit slots of the sparse vectors, ascending.</summary>
    public readonly int[] Indices = new int[indices];

    /// <summary>The array of a type: float, double, long or string.</summary>
    public T[] Values<T>()
    {
        if (typeof(T) == typeof(float))
            return (T[])(object)Singles;
        if (typeof(T) == typeof(double))
            return (T[])(object)Doubles;

        return typeof(T) == typeof(long) ? (T[])(object)Integers : (T[])(object)Texts;
    }

    private static string[] NewTexts(int count)
    {
        var texts = new string[count];
        Array.Fill(texts, "");

        return texts;
    }
}
