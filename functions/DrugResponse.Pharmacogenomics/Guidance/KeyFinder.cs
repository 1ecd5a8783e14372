using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>
/// Finds under which keys a gene's result stands in a drug's table: by activity score, phenotype or allele status as the gene list says. A
/// score without a row of its own is looked up by its phenotype, at the nearest scores of that phenotype that have one.
/// </summary>
internal static class KeyFinder
{
    /// <summary>The keys of a genetic result.</summary>
    public static GeneKeys ForGenetic(GeneResult? result, IReadOnlyList<RecommendationKey> table)
    {
        if (result is null)
            return GeneKeys.NotTested;

        var reservations = Reservations(result);
        var keys = result.Gene.Lookup switch
        {
            RecommendationLookup.AlleleStatus => StatusKeys(result, table),
            RecommendationLookup.ActivityScore => ScoreKeys(Scores(result), result.PossiblePhenotypes, result, table, reservations),
            _ => PhenotypeKeys(result.PossiblePhenotypes, result),
        };
        return Finish(keys, result, reservations);
    }

    /// <summary>The keys of a result under co-medication.</summary>
    public static GeneKeys ForClinical(ClinicalGeneResult? result, IReadOnlyList<RecommendationKey> table)
    {
        if (result is null)
            return GeneKeys.NotTested;
        if (!result.IsConverted)
            return ForGenetic(result.Genetic, table);

        var reservations = result.Genetic is null ? [$"genotype-not-known:{result.Gene}"] : Reservations(result.Genetic);
        ActivityScore[] scores = result.ClinicalActivityScore is { } score ? [score] : [];
        Phenotype[] phenotypes = result.ClinicalPhenotype is { } one ? [one] : [.. result.PossibleClinicalPhenotypes];
        return Finish(ScoreKeys(scores, phenotypes, result.Genetic, table, reservations), result.Genetic, reservations);
    }

    private static GeneKeys Finish(List<string> keys, GeneResult? result, List<string> reservations)
    {
        if (keys.Count == 0)
        {
            // A result that the table has no key for is a result all the same; an HLA allele that was not typed is none.
            var isTested = result is { PossiblePhenotypes.Count: > 0, Gene.Lookup: not RecommendationLookup.AlleleStatus };
            return isTested ? new GeneKeys([], true, reservations) : GeneKeys.NotTested;
        }

        if (keys.Count > 1 && result is not null && !reservations.Contains($"score-not-known:{result.Gene}")
            && !reservations.Contains($"score-between-rows:{result.Gene}"))
            reservations.Add($"ambiguous:{result.Gene}");
        return new GeneKeys(keys, true, reservations);
    }

    private static List<string> Reservations(GeneResult result)
    {
        List<string> reservations = [];
        if (result.MissingPositions.Any(m => m.IsTier1))
            reservations.Add($"tier1-alleles-not-excluded:{result.Gene}");
        else if (result.MissingPositions.Any(m => m.AllelesNotExcluded.Count > 0))
            reservations.Add($"alleles-not-excluded:{result.Gene}");
        if (result.StateReason == WarningCodes.FunctionNotAssigned)
            reservations.Add($"function-not-assigned:{result.Gene}");
        return reservations;
    }

    private static List<string> StatusKeys(GeneResult result, IReadOnlyList<RecommendationKey> table) =>
        [.. result.AlleleStatuses.Select(s => s.Term).OfType<string>().Where(term => table.Any(k => k.Key == term))];

    private static List<string> PhenotypeKeys(IReadOnlyList<Phenotype> phenotypes, GeneResult result)
    {
        if (phenotypes.Count == 0 && result.StateReason == WarningCodes.FunctionNotAssigned)
            return [Phenotype.IndeterminateTerm];

        return [.. phenotypes.Select(p => p.Term)];
    }

    private static ActivityScore[] Scores(GeneResult result) =>
        result.ActivityScore is { } score ? [score]
        : [.. BestScores(result)];

    /// <summary>Of tied candidates each has its score; of further ones (all calls) the guidance is not read.</summary>
    private static IEnumerable<ActivityScore> BestScores(GeneResult result) => result.Candidates
        .Where(c => c.Score == result.Candidates[0].Score)
        .Select(c => c.ActivityScore).OfType<ActivityScore>().Distinct();

    private static List<string> ScoreKeys(
        ActivityScore[] scores,
        IReadOnlyList<Phenotype> phenotypes,
        GeneResult? result,
        IReadOnlyList<RecommendationKey> table,
        List<string> reservations)
    {
        List<string> keys = [];
        if (scores.Length == 0)
        {
            foreach (var phenotype in phenotypes)
                keys.AddRange(table.Where(k => k.Phenotype == phenotype.Term && k.Key != RecommendationKey.NoResult).Select(k => k.Key));
            if (keys.Count > 1 && result is not null)
                reservations.Add($"score-not-known:{result.Gene}");
            return [.. keys.Distinct()];
        }

        foreach (var score in scores)
        {
            var text = score.ToString();
            if (table.Any(k => k.Key == text))
                keys.Add(text);
            else
                keys.AddRange(Nearest(score, phenotypes, table, result, reservations));
        }

        return [.. keys.Distinct()];
    }

    /// <summary>The keys of the same phenotype just below and just above a score that has no row of its own.</summary>
    private static IEnumerable<string> Nearest(
        ActivityScore score,
        IReadOnlyList<Phenotype> phenotypes,
        IReadOnlyList<RecommendationKey> table,
        GeneResult? result,
        List<string> reservations)
    {
        List<(ActivityScore Score, string Key)> rows = [];
        foreach (var key in table)
        {
            if (phenotypes.Any(p => p.Term == key.Phenotype) && ActivityScore.TryParse(key.Key, out var known) && !known.IsMissing)
                rows.Add((known, key.Key));
        }

        var exact = rows.Where(r => r.Score.Value == score.Value).ToArray();
        if (exact.Length > 0)
            return exact.Take(1).Select(r => r.Key);

        var below = rows.Where(r => r.Score.Value < score.Value).OrderByDescending(r => r.Score.Value).Take(1);
        var above = rows.Where(r => r.Score.Value > score.Value).OrderBy(r => r.Score.Value).Take(1);
        string[] nearest = [.. below.Concat(above).Select(r => r.Key)];
        if (nearest.Length > 1 && result is not null)
            reservations.Add($"score-between-rows:{result.Gene}");
        return nearest;
    }
}
