namespace DrugResponse.Prediction.Features;

/// <summary>A part of the request that a feature is computed from.</summary>
/// <param name="Path">JSON pointer into the request.</param>
/// <param name="Gene">The gene, for parts of the genotype; else null.</param>
/// <param name="Allele">The allele or variant, where the feature needs no more of the gene than that; else null.</param>
/// <param name="Condition">
/// The condition, for one that a list tells only by stating it (<see cref="ConditionNames.StatedOnly"/>); else null.
/// </param>
public sealed record FeatureInput(string Path, string? Gene = null, string? Allele = null, string? Condition = null)
{
    /// <summary>The genotype of a gene, in whatever notation, or of one of its alleles.</summary>
    /// <param name="gene">The gene's symbol.</param>
    /// <param name="allele">The allele or variant, such as <c>*57:01</c>; null for the gene as a whole.</param>
    public static FeatureInput OfGene(string gene, string? allele = null) => new("/genotype", gene, allele);

    /// <summary>What the conditions say of a fact that they tell only by stating it.</summary>
    /// <param name="condition">The condition's canonical name.</param>
    public static FeatureInput OfCondition(string condition) => new("/conditions", Condition: condition);
}
