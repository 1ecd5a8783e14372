using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Which array of <see cref="RowState"/> holds the items of a type.</summary>
internal enum ValueKind
{
    Single,
    Double,
    Integer,
    Text,
}

/// <summary>The place of a column in <see cref="RowState"/>.</summary>
/// <param name="Kind">The array.</param>
/// <param name="Offset">First element.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Form">Position among the tracked vectors, or -1 for a column that is always dense or whose form does not matter.</param>
/// <param name="IndexOffset">First element of its list of explicit slots, if it is tracked.</param>
internal readonly record struct ColumnSlots(ValueKind Kind, int Offset, int Length, int Form, int IndexOffset)
{
    public bool IsTracked => Form >= 0;

    public Span<float> Singles(RowState row) => row.Singles.AsSpan(Offset, Length);

    public Span<double> Doubles(RowState row) => row.Doubles.AsSpan(Offset, Length);

    public Span<long> Integers(RowState row) => row.Integers.AsSpan(Offset, Length);

    public Span<string> Texts(RowState row) => row.Texts.AsSpan(Offset, Length);

    /// <summary>Number of explicit slots, or <see cref="RowState.Dense"/>.</summary>
    public int ExplicitCount(RowState row) => Form < 0 ? RowState.Dense : row.ExplicitCounts[Form];

    /// <summary>The explicit slots, if the vector is sparse now.</summary>
    public ReadOnlySpan<int> ExplicitSlots(RowState row) => row.Indices.AsSpan(IndexOffset, row.ExplicitCounts[Form]);

    /// <summary>Room for the explicit slots.</summary>
    public Span<int> SlotList(RowState row) => row.Indices.AsSpan(IndexOffset, Length);

    public Span<T> Values<T>(RowState row) => row.Values<T>().AsSpan(Offset, Length);

    public FeatureVector Features(RowState row)
    {
        var count = ExplicitCount(row);

        return count == RowState.Dense
            ? new FeatureVector(Singles(row))
            : new FeatureVector(Singles(row), row.Indices.AsSpan(IndexOffset, count));
    }

    /// <summary>Declares the vector dense; the caller writes every slot.</summary>
    public void SetDense(RowState row)
    {
        if (Form >= 0)
            row.ExplicitCounts[Form] = RowState.Dense;
    }

    /// <summary>Clears the vector and declares it sparse and empty.</summary>
    public void SetEmpty(RowState row)
    {
        switch (Kind)
        {
            case ValueKind.Single:
                Clear(row, row.Singles, 0f);
                break;
            case ValueKind.Double:
                Clear(row, row.Doubles, 0d);
                break;
            case ValueKind.Integer:
                Clear(row, row.Integers, 0L);
                break;
            default:
                Clear(row, row.Texts, "");
                break;
        }

        if (Form >= 0)
            row.ExplicitCounts[Form] = 0;
    }

    /// <summary>
    /// Declares the form that ML.NET's incremental builder gives a vector whose slots were all written: slots equal to the
    /// default are not explicit, and with N slots and m explicit ones it is dense if m is not 0 and at least N/2.
    /// </summary>
    public void SetBuiltForm<T>(RowState row)
    {
        if (Form < 0)
            return;

        var values = Values<T>(row);
        var count = 0;
        foreach (var value in values)
            count += EqualityComparer<T>.Default.Equals(value, default) ? 0 : 1;

        if (count != 0 && count >= Length / 2)
            row.ExplicitCounts[Form] = RowState.Dense;
        else
            ListExplicit(row, values);
    }

    private void ListExplicit<T>(RowState row, ReadOnlySpan<T> values)
    {
        var list = SlotList(row);
        var count = 0;

        for (var slot = 0; slot < values.Length; slot++)
        {
            if (!EqualityComparer<T>.Default.Equals(values[slot], default))
                list[count++] = slot;
        }

        row.ExplicitCounts[Form] = count;
    }

    private void Clear<T>(RowState row, T[] all, T zero)
    {
        var values = all.AsSpan(Offset, Length);

        if (Form < 0 || row.ExplicitCounts[Form] == RowState.Dense)
        {
            values.Fill(zero);
            return;
        }

        foreach (var slot in ExplicitSlots(row))
            values[slot] = zero;
    }

    public static ValueKind KindOf(ColumnType type) => type switch
    {
        { IsKey: true } => ValueKind.Integer,
        { Item: ColumnItemType.Single } => ValueKind.Single,
        { Item: ColumnItemType.Double } => ValueKind.Double,
        { Item: ColumnItemType.Text } => ValueKind.Text,
        _ => ValueKind.Integer,
    };
}
