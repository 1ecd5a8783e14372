namespace DrugResponse.ModelArchives.Writing;

/// <summary>An input column of a model to be written.</summary>
public abstract record InputDefinition
{
    private protected InputDefinition(string name) => Name = name;

    /// <summary>Name of the column.</summary>
    public string Name { get; }

    /// <summary>Number of feature slots it gives.</summary>
    public abstract int SlotCount { get; }
}

/// <summary>A column of Single, NaN meaning missing. It gives one feature slot.</summary>
/// <param name="Name">Name of the column.</param>
public sealed record NumericInput(string Name) : InputDefinition(Name)
{
    /// <summary>What a missing value is replaced by before the predictor sees it; null to leave it NaN.</summary>
    public float? Replacement { get; init; }

    /// <inheritdoc/>
    public override int SlotCount => 1;
}

/// <summary>A column of text, encoded one-hot. It gives one feature slot per category, all zero for any other text.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Categories">The categories in slot order: at least one, none empty, all different; case matters.</param>
public sealed record CategoricalInput(string Name, IReadOnlyList<string> Categories) : InputDefinition(Name)
{
    /// <inheritdoc/>
    public override int SlotCount => Categories.Count;
}
