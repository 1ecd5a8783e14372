using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Phenotypes;

/// <summary>What one diplotype means, with the path of reasoning: the haplotypes' functions and values, their sum, the rule.</summary>
/// <param name="Diplotype">The haplotypes that the phenotype was read from.</param>
/// <param name="ActivityScore">The sum of the activity values; null for genes that are not scored.</param>
/// <param name="Rule">The rule that applied; null when none does (a function is not assigned, or the gene has no rules).</param>
/// <param name="PossiblePhenotypes">
/// The phenotypes that the diplotype allows: one, or several when the score is only a lower bound; empty without a rule.
/// </param>
/// <param name="Score">How many defining positions the matched alleles have, when called from variants; else 0.</param>
public sealed record DiplotypeInterpretation(
    Diplotype Diplotype,
    ActivityScore? ActivityScore,
    PhenotypeRule? Rule,
    IReadOnlyList<Phenotype> PossiblePhenotypes,
    int Score = 0)
{
    /// <summary>The phenotype, when there is exactly one possible.</summary>
    public Phenotype? Phenotype => PossiblePhenotypes.Count == 1 ? PossiblePhenotypes[0] : null;
}
