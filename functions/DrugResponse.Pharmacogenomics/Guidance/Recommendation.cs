namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>One row of a guideline: a drug, a population and gene results lead to an action.</summary>
/// <param name="Drug">The drug.</param>
/// <param name="Population">Whom it is for: <c>general</c>, <c>adults</c>, <c>CVI ACS PCI</c> and so on.</param>
/// <param name="Keys">The gene results, all of which must match; by gene.</param>
/// <param name="Action">What is asked for.</param>
/// <param name="Guideline">Where it comes from.</param>
public sealed record Recommendation(
    string Drug, string Population, IReadOnlyList<RecommendationKey> Keys, GuidanceAction Action, Guideline Guideline);
