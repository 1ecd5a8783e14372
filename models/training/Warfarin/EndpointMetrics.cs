using DrugResponse.Prediction.Models;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Warfarin;

/// <summary>Discrimination and calibration of a yes-or-no endpoint, all out of fold.</summary>
internal static class EndpointMetrics
{
    private const string Nested = "cross-validation on the training subjects, the dose model refitted within each fold";

    public static IReadOnlyList<ModelMetric> Measure(
        WarfarinEndpoint endpoint, WarfarinData data, WarfarinValidation validation, int seed)
    {
        var outcomes = Array.ConvertAll(data.Doses, dose => endpoint.Holds(dose));
        var metrics = new List<ModelMetric>();
        foreach (var hidden in WarfarinValidation.Hiddens)
        {
            var known = hidden == Hidden.Nothing ? "" : ", genotype withheld";
            var probabilities = Array.ConvertAll(validation.LogOdds[(endpoint.Key, hidden)], static score => 1 / (1 + Math.Exp(-score)));
            AddOverall(metrics, known, outcomes, probabilities, seed);
            foreach (var (race, members) in WarfarinGroups.RacesOf(data))
            {
                var observed = members.Average(n => outcomes[n] ? 1.0 : 0);
                var expected = members.Average(n => probabilities[n]);
                metrics.Add(Metric($"observed share{known}", observed, race));
                metrics.Add(Metric($"observed / predicted{known}", observed / expected, race));
            }
        }

        return metrics;
    }

    /// <summary>The calibration curve with everything known that the subject's record tells.</summary>
    public static IReadOnlyList<ReliabilityPoint> Reliability(WarfarinEndpoint endpoint, WarfarinData data, WarfarinValidation validation) =>
        ReliabilityCurve.Of(
            Array.ConvertAll(validation.LogOdds[(endpoint.Key, Hidden.Nothing)], static score => 1 / (1 + Math.Exp(-score))),
            Array.ConvertAll(data.Doses, dose => endpoint.Holds(dose) ? 1.0 : 0.0));

    private static void AddOverall(List<ModelMetric> metrics, string known, bool[] outcomes, double[] probabilities, int seed)
    {
        var (low, high) = ClassificationMetrics.AreaInterval(outcomes, probabilities, seed);
        var rate = outcomes.Average(static outcome => outcome ? 1.0 : 0);
        var (intercept, slope) = ClassificationMetrics.Calibration(outcomes, probabilities);
        metrics.Add(Metric($"AUC{known}", ClassificationMetrics.AreaUnderCurve(outcomes, probabilities)) with
        {
            Low = Round(low),
            High = Round(high),
        });
        metrics.Add(Metric($"Brier score{known}", ClassificationMetrics.Brier(outcomes, probabilities)));
        metrics.Add(Metric($"Brier score of the overall share{known}", rate * (1 - rate)));
        metrics.Add(Metric($"calibration intercept{known}", intercept));
        metrics.Add(Metric($"calibration slope{known}", slope));
        metrics.Add(Metric($"observed share{known}", rate));
        metrics.Add(Metric($"observed / predicted{known}", rate / probabilities.Average()));
    }

    private static ModelMetric Metric(string name, double value, string group = WarfarinGroups.All) =>
        new(name, Round(value), null, null, group, Nested);

    private static double Round(double value) => Math.Round(value, 4) + 0;
}
