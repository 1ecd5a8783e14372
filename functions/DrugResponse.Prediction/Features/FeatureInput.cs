namespace DrugResponse.Prediction.Features;

/// <summary>A part of the request that a feature is computed from.</summary>
/// <param name="Path">JSON pointer into the request.</param>
/// <param name="Gene">The gene, for parts of the genotype; else null.</param>
public sealed record FeatureInput(string Path, string? Gene = null)
{
    /// <summary>The genotype of a gene, in whatever notation.</summary>
    public static FeatureInput OfGene(string gene) => new("/genotype", gene);
}
