namespace DrugResponse.Prediction.Features;

/// <summary>
/// One named number about a patient that a model may ask for by input column name. Names are camelCase and never change their
/// meaning: an archive that was trained on a name must find the same quantity under it.
/// </summary>
public sealed record Feature
{
    /// <summary>Name, camelCase, unique in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>Unit, or <c>flag</c> (0 or 1), <c>count</c>, <c>score</c>, <c>level</c>, <c>code</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether only whole numbers mean anything: flags, counts, levels, codes.</summary>
    public bool IsWhole => Unit is "flag" or "count" or "level" or "code";

    /// <summary>Least value that the feature can take.</summary>
    public required double Min { get; init; }

    /// <summary>Greatest value that the feature can take.</summary>
    public required double Max { get; init; }

    /// <summary>What the number says, in one sentence, including when it is NaN (not known).</summary>
    public required string Meaning { get; init; }

    /// <summary>What it is computed from, and after which source where a clinical rule is involved.</summary>
    public required string Source { get; init; }

    /// <summary>The parts of the request that the value is computed from; empty for what an earlier model said.</summary>
    public required IReadOnlyList<FeatureInput> Inputs { get; init; }

    /// <summary>
    /// Name of the feature that says the same in less detail, and is known instead of this one where only that was given; null for most.
    /// </summary>
    public string? StandIn { get; init; }

    /// <summary>Computes the value; NaN when it is not known. Pure and safe to call from any thread.</summary>
    public required Func<FeatureContext, float> Compute { get; init; }

    /// <summary>The model, as <c>drug/endpoint</c>, that must be scored before this feature can be computed; null for most.</summary>
    public string? ChainedFrom { get; init; }

    /// <summary>JSON pointer of the part of the request that it is computed from; null when it is more than one, or none.</summary>
    internal string? Path => Inputs.Count > 0 && Inputs.All(input => input.Path == Inputs[0].Path) ? Inputs[0].Path : null;
}
