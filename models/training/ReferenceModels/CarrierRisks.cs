using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Absolute risks with and without each decisive genotype: what a test's result is worth (predictive values), since a large ratio on a rare
/// event is still a small risk.
/// </summary>
internal static class CarrierRisks
{
    private const double Least = 0.0001;

    /// <summary>Predicted probability of the endpoint among unseen patients with and without each genotype factor.</summary>
    public static IEnumerable<ModelMetric> Of(EndpointModels models, ScoredRows rows)
    {
        int[] known = [.. Enumerable.Range(0, rows.Rows.Count).Where(n => ReferenceEquals(rows.Rows[n].Full, rows.Rows[n].Given))];
        for (var k = 0; k < models.Equation.Factors.Count; k++)
        {
            var factor = models.Equation.Factors[k];
            if (!factor.IsGenotype)
                continue;
            var with = known.Where(n => rows.Amounts[n][k] > 0).ToList();
            if (with.Count < Math.Max(1, Least * known.Length))
                continue;
            var without = known.Where(n => rows.Amounts[n][k] == 0).ToList();
            yield return Metric("share of patients", with.Count / (double)known.Length, factor);
            yield return Metric("mean probability with", with.Average(n => rows.Predictions[n]), factor);
            if (without.Count > 0)
                yield return Metric("mean probability without", without.Average(n => rows.Predictions[n]), factor);
        }
    }

    private static ModelMetric Metric(string name, double value, RiskFactor factor) => new(
        name, Figures.Round(value), null, null, $"genotype: {factor.Row.Description}", "unseen virtual patients of whom everything is given");
}
