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

    private int Size(ValueKind kind) => Places.Where(place => place.Kind == kind).Sum(place => place.Length);
}
