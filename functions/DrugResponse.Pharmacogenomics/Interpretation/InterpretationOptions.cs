namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>How much of the calling an interpretation keeps.</summary>
public sealed record InterpretationOptions
{
    /// <summary>The usual options: only the best-scoring calls.</summary>
    public static InterpretationOptions Default { get; } = new();

    /// <summary>
    /// Keep every diplotype that explains the variants, best first, instead of only those with the best score (all ties). Score and
    /// phenotype are read from the best ones either way.
    /// </summary>
    public bool AllCalls { get; init; }
}
