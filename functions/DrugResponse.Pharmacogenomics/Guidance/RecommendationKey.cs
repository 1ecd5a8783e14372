using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>What a recommendation asks of one gene.</summary>
/// <param name="Gene">The gene.</param>
/// <param name="Key">The look-up key: activity score, phenotype, allele status, or <c>No Result</c>.</param>
/// <param name="Phenotype">The phenotype that the key stands for.</param>
/// <param name="Implications">Codes of what the result means for this drug, such as <c>exposure-increased</c>.</param>
public sealed record RecommendationKey(GeneSymbol Gene, string Key, string Phenotype, IReadOnlyList<string> Implications)
{
    /// <summary>The key of a gene that was not tested.</summary>
    public const string NoResult = "No Result";
}
