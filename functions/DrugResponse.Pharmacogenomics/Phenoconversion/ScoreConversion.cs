using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>
/// Multiplies an activity score. The product may lie between the published ranges, so it is classified half-open: 0; above 0 and below
/// 1.25; 1.25 to 2.25; above. A lower bound stays one and is classified by its number, with the higher classes as possible too.
/// </summary>
/// <remarks>Source: CPIC guideline for CYP2D6, OPRM1, COMT and opioids, PMID 33387367.</remarks>
internal static class ScoreConversion
{
    public readonly record struct Outcome(ActivityScore? Score, Phenotype? Phenotype, IReadOnlyList<Phenotype> Possible);

    public static Outcome Apply(GeneResult result, decimal factor)
    {
        var table = result.Gene.PhenotypeTable;
        var scores = ScoresOf(result);
        if (factor == 0m)
            scores = [ActivityScore.Missing];
        if (scores.Count == 0)
            return FromPhenotypes(result, factor);

        ActivityScore[] converted = [.. scores.Select(s => s * factor).Distinct()];
        Phenotype[] byNumber = [.. converted
            .Select(table.ForConvertedScore).OfType<PhenotypeRule>().Select(r => r.Phenotype).Distinct()];
        Phenotype[] possible = [.. byNumber.Concat(converted.Where(s => s.IsLowerBound).SelectMany(table.PossibleFor)).Distinct()];
        return new Outcome(
            converted.Length == 1 ? converted[0] : null,
            byNumber.Length == 1 ? byNumber[0] : null,
            possible);
    }

    /// <summary>Every score that the genetic result allows; empty when only a phenotype is known.</summary>
    private static IReadOnlyList<ActivityScore> ScoresOf(GeneResult result) =>
        result.ActivityScore is { } score
            ? [score]
            : [.. result.Candidates.Select(c => c.ActivityScore).OfType<ActivityScore>().Distinct()];

    /// <summary>Only a phenotype was reported: every score of its published range is converted.</summary>
    private static Outcome FromPhenotypes(GeneResult result, decimal factor)
    {
        var table = result.Gene.PhenotypeTable;
        List<Phenotype> possible = [];
        foreach (var rule in result.Gene.Rules)
        {
            if (rule is not { Kind: PhenotypeRuleKind.Score, Scores: { } range } || !result.PossiblePhenotypes.Contains(rule.Phenotype))
                continue;

            // Without an upper end the higher classes are possible too.
            ActivityScore[] ends = range.Max is { } max
                ? [ActivityScore.Of(range.Min), ActivityScore.Of(max)]
                : [ActivityScore.Of(range.Min, atLeast: true)];
            foreach (var end in ends)
                possible.AddRange(end.IsLowerBound ? table.PossibleFor(end * factor) : [table.ForConvertedScore(end * factor)!.Phenotype]);
        }

        if (result.PossiblePhenotypes.Any(p => p.IsIndeterminate))
            possible.AddRange(result.PossiblePhenotypes.Where(p => p.IsIndeterminate));

        Phenotype[] distinct = [.. possible.Distinct()];
        return new Outcome(null, distinct.Length == 1 ? distinct[0] : null, distinct);
    }
}
