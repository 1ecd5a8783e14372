using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>What the guidelines say of one drug for one patient.</summary>
/// <param name="Drug">The drug's canonical name.</param>
/// <param name="Status">Whether something applies.</param>
/// <param name="Matches">The recommendations, by population; genetic and clinical side by side where they differ.</param>
/// <param name="GenesNeeded">Genes that the guideline looks at and that have no result.</param>
public sealed record DrugGuidance(
    string Drug, GuidanceStatus Status, IReadOnlyList<GuidanceMatch> Matches, IReadOnlyList<GeneSymbol> GenesNeeded);
