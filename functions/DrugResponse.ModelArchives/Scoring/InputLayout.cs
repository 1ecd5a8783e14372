using DrugResponse.ModelArchives.Binding;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>The inputs of a compiled model and their places, which come first in every array of <see cref="RowState"/>.</summary>
internal sealed class InputLayout
{
    public InputLayout(IReadOnlyList<ModelInput> inputs, ColumnSlots[] places)
    {
        Inputs = inputs;
        Places = places;
        Singles = Size(ValueKind.Single);
        Doubles = Size(ValueKind.Double);
        Integers = Size(ValueKind.Integer);
        Texts = Size(ValueKind.Text);
    }

    public IReadOnlyList<ModelInput> Inputs { get; }

    public ColumnSlots[] Places { get; }

    public int Singles { get; }

    public int Doubles { get; }

    public int Integers { get; }

    public int Texts { get; }

    public bool IsAllSingle => Doubles == 0 && Integers == 0 && Texts == 0;

    /// <summary>Position of an item in the array of its kind.</summary>
    /// <exception cref="ArgumentException">The column is of another kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or slot.</exception>
    public int ItemPosition(int input, int slot, ValueKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, Inputs.Count);
        var place = Places[input];

        if (place.Kind != kind)
            throw new ArgumentException($"Input '{Inputs[input].Name}' is of type {Inputs[input].ItemType}.", nameof(input));

        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, place.Length);

        return place.Offset + slot;
    }

    private int Size(ValueKind kind) => Places.Where(place => place.Kind == kind).Sum(place => place.Length);
}
