using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Validation;

/// <summary>The calibration curve: mean predicted and observed by tenths of the patients, ordered by prediction.</summary>
internal static class ReliabilityCurve
{
    private const int Bins = 10;

    /// <summary>The curve.</summary>
    /// <param name="predictions">Predicted probabilities.</param>
    /// <param name="outcomes">What happened: 1 or 0, or the known risk.</param>
    public static IReadOnlyList<ReliabilityPoint> Of(IReadOnlyList<double> predictions, IReadOnlyList<double> outcomes)
    {
        var order = Enumerable.Range(0, predictions.Count).OrderBy(n => predictions[n]).ToArray();
        var points = new List<ReliabilityPoint>();
        for (var bin = 0; bin < Bins; bin++)
        {
            var members = order[(bin * order.Length / Bins)..((bin + 1) * order.Length / Bins)];
            points.Add(new ReliabilityPoint(
                Figures.Round(members.Average(n => predictions[n])), Figures.Round(members.Average(n => outcomes[n])), members.Length));
        }

        return points;
    }
}
