using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>How often intervals hold the truth in worlds that training never saw, and how they widen when a genotype is withheld.</summary>
internal static class IntervalValidation
{
    private const int LeastWithFactor = 200;

    /// <summary>Measures coverage and widening.</summary>
    public static IReadOnlyList<ModelMetric> Measure(EndpointModels models, ScoredRows rows, DrugCohort cohort)
    {
        var random = cohort.Random($"unseen worlds/{models.Equation.Evidence.Endpoint}");
        var population = new RiskTeacher(models.Equation, cohort.Population);
        var sample = population.Population(cohort.Population.Rows.Skip(DrugCohort.WorldSample).Take(DrugCohort.WorldSample));
        var worlds = Worlds.Draw(models.Equation, models.Central, sample, cohort.Scale.UnseenWorlds, random);
        var isCovered = Covered(models, rows, worlds);
        var method = string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Rows.Count} unseen virtual patients, each in one of {worlds.Count} worlds that training did not see; of half of them a random part was withheld");
        return
        [
            Coverage("coverage of the 90 % interval", isCovered, rows, static _ => true, "all", method),
            Coverage("coverage of the 90 % interval", isCovered, rows, static row => ReferenceEquals(row.Full, row.Given), "everything given", method),
            Coverage("coverage of the 90 % interval", isCovered, rows, static row => !ReferenceEquals(row.Full, row.Given), "a part withheld", method),
            .. Subgroups.ByAncestry.Select(group =>
                Coverage("coverage of the 90 % interval", isCovered, rows, row => row.Subject.Ancestry == group.Position, group.Name, method)),
            .. WithFactors(models, cohort, worlds),
            .. Withholding(models, cohort, worlds),
        ];
    }

    // Those whom a rare factor concerns hardly count in the whole, and are those whom the interval is read for.
    private static IEnumerable<ModelMetric> WithFactors(EndpointModels models, DrugCohort cohort, Worlds worlds)
    {
        var rows = ScoredRows.Of(models, cohort.RareUnseen);
        var isCovered = Covered(models, rows, worlds);
        for (var k = 0; k < models.Equation.Factors.Count; k++)
        {
            var with = Enumerable.Range(0, isCovered.Length).Where(n => rows.Amounts[n][k] > 0).ToList();
            if (with.Count < LeastWithFactor || with.Count > isCovered.Length / 2)
                continue;
            var weights = with.Sum(n => rows.Rows[n].Weight);
            var covered = with.Where(n => isCovered[n]).Sum(n => rows.Rows[n].Weight);
            var method = string.Create(
                CultureInfo.InvariantCulture,
                $"{with.Count} unseen virtual patients, rare alleles drawn more often and weighted back, of whom everything is given; worlds as above");
            yield return new ModelMetric(
                "coverage of the 90 % interval", Figures.Round(covered / weights), null, null,
                $"with: {models.Equation.Factors[k].Row.Description}", method);
        }
    }

    private static bool[] Covered(EndpointModels models, ScoredRows rows, Worlds worlds)
    {
        var isCovered = new bool[rows.Rows.Count];
        for (var n = 0; n < isCovered.Length; n++)
        {
            var truth = worlds.LogOdds(n % worlds.Count, rows.Amounts[n]);
            var (low, high) = models.Spread.Around(rows.Scores[n], rows.Given[n]);
            isCovered[n] = truth >= low && truth <= high;
        }

        return isCovered;
    }

    private static ModelMetric Coverage(
        string name, bool[] isCovered, ScoredRows rows, Func<CohortRow, bool> holds, string group, string method)
    {
        int covered = 0, all = 0;
        for (var n = 0; n < isCovered.Length; n++)
        {
            if (!holds(rows.Rows[n]))
                continue;
            all++;
            if (isCovered[n])
                covered++;
        }

        return new ModelMetric(name, Figures.Round(all == 0 ? double.NaN : (double)covered / all), null, null, group, method);
    }

    // The decisive gene is the one whose results move the log-odds most.
    private static IEnumerable<ModelMetric> Withholding(EndpointModels models, DrugCohort cohort, Worlds worlds)
    {
        var decisive = models.Equation.Factors.Where(static factor => factor.IsGenotype).MaxBy(static factor => Math.Abs(factor.Effect.Value));
        if (decisive is null)
            yield break;
        var symbol = decisive.Feature!.Inputs.First(static input => input.Gene is not null).Gene!;
        var gene = cohort.Genes.Index().First(each => each.Item.Symbol == symbol).Index;
        var withheld = ScoredRows.Of(models, cohort.Withholding(gene));
        var columns = cohort.Validation.Columns(models.Features);
        var ratios = new List<double>();
        for (var n = 0; n < withheld.Rows.Count; n++)
        {
            // Under a strong inhibitor the clinical phenotype is known without the genotype: nothing is withheld from those patients.
            var full = CohortRows.Pick(withheld.Rows[n].Full, columns);
            if (!full.AsSpan().SequenceEqual(withheld.Given[n]))
                ratios.Add(Width(models.Spread.Around(0, withheld.Given[n])) / Width(models.Spread.Around(0, full)));
        }

        var covered = Covered(models, withheld, worlds);
        var method = string.Create(
            CultureInfo.InvariantCulture, $"{ratios.Count} unseen virtual patients with and without {symbol}; widths on the log-odds scale");
        var group = $"{symbol} withheld";
        yield return new ModelMetric(
            "share of patients whose interval widens", Figures.Round(ratios.Count(static ratio => ratio > 1) / (double)ratios.Count), null, null, group, method);
        yield return new ModelMetric("median ratio of widths", Figures.Round(ratios.Order().ElementAt(ratios.Count / 2)), null, null, group, method);
        yield return new ModelMetric(
            "coverage of the 90 % interval", Figures.Round(covered.Count(static each => each) / (double)covered.Length), null, null, group, method);
    }

    private static double Width((double Low, double High) interval) => interval.High - interval.Low;
}
