using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>One row of the phenotype rules: what leads to a phenotype.</summary>
/// <param name="Kind">Which of the other parameters apply.</param>
/// <param name="First">For <see cref="PhenotypeRuleKind.FunctionPair"/> and <see cref="PhenotypeRuleKind.SingleFunction"/> a function;
/// for <see cref="PhenotypeRuleKind.Presence"/> an allele.</param>
/// <param name="Second">The other function of a pair; <c>present</c> or <c>absent</c> for presence.</param>
/// <param name="Scores">The range of scores, for the kinds that have one.</param>
/// <param name="Phenotype">The phenotype that follows.</param>
public sealed record PhenotypeRule(
    PhenotypeRuleKind Kind, string First, string Second, ScoreInterval? Scores, Phenotype Phenotype)
{
    /// <summary>The phenotype as a list of one, made once because every result holds such a list.</summary>
    internal IReadOnlyList<Phenotype> PhenotypeList { get; } = [Phenotype];

    /// <summary>The rule in one line, for the answer's path of reasoning.</summary>
    /// <returns>The text, such as <c>No function + Normal function -> Intermediate Metabolizer</c>.</returns>
    public override string ToString() => Kind switch
    {
        PhenotypeRuleKind.FunctionPair => $"{First} + {Second} -> {Phenotype}",
        PhenotypeRuleKind.SingleFunction => $"{First} (single copy) -> {Phenotype}",
        PhenotypeRuleKind.Presence => $"{First} {Second} -> {Phenotype}",
        PhenotypeRuleKind.ScoreMissing => $"activity score n/a -> {Phenotype}",
        _ => $"activity score {Scores} -> {Phenotype}",
    };
}
