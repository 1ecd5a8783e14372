using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives;

/// <summary>The input values of many rows, column by column.</summary>
/// <remarks>
/// Made by the scorer it is for. The values are referred to, not copied: they must not change while they are scored. Columns of numbers,
/// keys and texts that are not set are missing in every row; integers and Booleans must be set. It can be scored by
/// several threads at once once it is filled.
/// </remarks>
public sealed class ModelColumns
{
    private readonly ReadOnlyMemory<float>[] _singles;
    private readonly ReadOnlyMemory<double>[] _doubles;
    private readonly ReadOnlyMemory<long>[] _integers;
    private readonly ReadOnlyMemory<string>[] _texts;
    private readonly ReadOnlyMemory<float> _missing;

    internal ModelColumns(InputLayout layout, int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        Layout = layout;
        RowCount = rowCount;
        _singles = new ReadOnlyMemory<float>[layout.Singles];
        _doubles = new ReadOnlyMemory<double>[layout.Doubles];
        _integers = new ReadOnlyMemory<long>[layout.Integers];
        _texts = new ReadOnlyMemory<string>[layout.Texts];

        if (layout.Singles != 0)
        {
            var missing = new float[rowCount];
            Array.Fill(missing, float.NaN);
            _missing = missing;
            Array.Fill(_singles, _missing);
        }
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The inputs, in the order that the setters number them.</summary>
    public IReadOnlyList<ModelInput> Inputs => Layout.Inputs;

    internal InputLayout Layout { get; }

    internal ReadOnlySpan<ReadOnlyMemory<float>> Singles => _singles;

    /// <summary>Sets the values of a slot of a column of Single; NaN means missing.</summary>
    /// <param name="input">Position of the column in <see cref="Inputs"/>.</param>
    /// <param name="values">One value per row.</param>
    /// <param name="slot">Slot of a vector; 0 for a single item.</param>
    /// <exception cref="ArgumentException">The column is of another type, or there are not as many values as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or slot.</exception>
    public void SetSingles(int input, ReadOnlyMemory<float> values, int slot = 0) => Set(_singles, ValueKind.Single, input, values, slot);

    /// <summary>Sets the values of a slot of a column of Double; NaN means missing.</summary>
    /// <inheritdoc cref="SetSingles"/>
    public void SetDoubles(int input, ReadOnlyMemory<double> values, int slot = 0) => Set(_doubles, ValueKind.Double, input, values, slot);

    /// <summary>Sets the values of a slot of a column of text.</summary>
    /// <inheritdoc cref="SetSingles"/>
    public void SetTexts(int input, ReadOnlyMemory<string> values, int slot = 0) => Set(_texts, ValueKind.Text, input, values, slot);

    /// <summary>Sets the values of a slot of a column of integers, times (in ticks), Booleans (0 or 1), or keys (raw numbers, 0 meaning missing).</summary>
    /// <inheritdoc cref="SetSingles"/>
    public void SetIntegers(int input, ReadOnlyMemory<long> values, int slot = 0) => Set(_integers, ValueKind.Integer, input, values, slot);

    /// <summary>Refuses columns that are not set although their type has no missing value, and integers that their type cannot hold.</summary>
    internal void RequireComplete()
    {
        for (var input = 0; input < Inputs.Count; input++)
        {
            if (Layout.Places[input] is not { Kind: ValueKind.Integer } place)
                continue;

            for (var slot = 0; slot < place.Length; slot++)
            {
                var values = _integers[place.Offset + slot];
                if (values.Length != RowCount && Inputs[input].KeyCardinality == 0)
                    throw new ModelInputException($"Input '{Inputs[input].Name}' must be set: integers and Booleans have no missing value.");
                foreach (var value in values.Span)
                    ModelRow.RequireRange(Inputs[input], value);
            }
        }
    }

    internal void CopyTo(RowState row, int index)
    {
        for (var item = 0; item < _singles.Length; item++)
            row.Singles[item] = _singles[item].Span[index];
        for (var item = 0; item < _doubles.Length; item++)
            row.Doubles[item] = _doubles[item].IsEmpty ? double.NaN : _doubles[item].Span[index];
        for (var item = 0; item < _integers.Length; item++)
            row.Integers[item] = _integers[item].IsEmpty ? 0 : _integers[item].Span[index];
        for (var item = 0; item < _texts.Length; item++)
            row.Texts[item] = _texts[item].IsEmpty ? "" : _texts[item].Span[index] ?? "";
    }

    private void Set<T>(ReadOnlyMemory<T>[] columns, ValueKind kind, int input, ReadOnlyMemory<T> values, int slot)
    {
        var position = Layout.ItemPosition(input, slot, kind);
        if (values.Length != RowCount)
            throw new ArgumentException($"There are {RowCount} rows, but {values.Length} values.", nameof(values));
        columns[position] = values;
    }
}
