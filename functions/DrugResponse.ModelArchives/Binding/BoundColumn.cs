using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>A column of the row as it passes through the model: an input, or what a step makes.</summary>
internal sealed class BoundColumn(string name, ColumnType type, SlotOrigins origins)
{
    public string Name { get; } = name;

    public ColumnType Type { get; } = type;

    public SlotOrigins Origins { get; } = origins;

    /// <summary>Whether ML.NET may hold the vector in sparse form, which decides the order of some sums and the treatment of implicit zeros.</summary>
    public bool MayBeSparse { get; init; }

    /// <summary>What the keys 1, 2, ... stand for, where known.</summary>
    public TypedValues? KeyValues { get; init; }

    /// <summary>Position among the archive's inputs, or -1 for a column that a step makes.</summary>
    public int InputIndex { get; init; } = -1;
}
