namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>A drug of the CPIC drug list.</summary>
/// <param name="Name">The name in the list; a few are classes.</param>
/// <param name="RxNorm">The RxNorm ingredient id, or null.</param>
/// <param name="Atc">ATC codes.</param>
/// <param name="DrugBank">The DrugBank id, or null.</param>
/// <param name="Guideline">The CPIC guideline that covers it, or null.</param>
/// <param name="Pmids">PubMed ids of that guideline.</param>
/// <param name="Genes">The genes that belong with it, by symbol.</param>
/// <param name="Populations">The populations that recommendations exist for; empty without recommendations.</param>
public sealed record DrugFacts(
    string Name,
    string? RxNorm,
    IReadOnlyList<string> Atc,
    string? DrugBank,
    string? Guideline,
    IReadOnlyList<string> Pmids,
    IReadOnlyList<GeneDrugPair> Genes,
    IReadOnlyList<string> Populations)
{
    /// <summary>Whether <see cref="GuidanceLookup"/> can say something about the drug.</summary>
    public bool HasGuidance => Populations.Count > 0;
}
