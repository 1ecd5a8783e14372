using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Discrimination and calibration of an endpoint's model in unseen patients. Each patient's risk is known, so it is compared with instead
/// of a drawn event; intervals of slopes are what as many drawn events would leave.
/// </summary>
/// <param name="Metrics">The figures, whole and by group.</param>
/// <param name="Reliability">The calibration curve.</param>
/// <param name="WorstGap">The group that the model fits worst, in words.</param>
internal sealed record RiskValidation(IReadOnlyList<ModelMetric> Metrics, IReadOnlyList<ReliabilityPoint> Reliability, string WorstGap)
{
    private const int LeastPatients = 500;

    // In fewer, the chance mix of a few carriers looks like a fault of the model.
    private const double LeastEvents = 10;

    /// <summary>Measures.</summary>
    /// <param name="rows">Unseen patients.</param>
    public static RiskValidation Measure(ScoredRows rows)
    {
        var prevalence = rows.Risks.Average();
        var method = "expected outcomes" + Method(rows.Rows.Count);
        var curve = ReliabilityCurve.Of(rows.Predictions, rows.Risks);
        var groups = Subgroups.All.Select(group => InGroup(group.Name, group.Holds, rows)).OfType<GroupFigures>().ToList();
        return new RiskValidation(
            [.. Whole(rows, curve, prevalence, method), .. groups.SelectMany(group => group.Metrics(Method(rows.Rows.Count)))],
            curve,
            Describe(groups));
    }

    private static IEnumerable<ModelMetric> Whole(
        ScoredRows rows, IReadOnlyList<ReliabilityPoint> curve, double prevalence, string method)
    {
        var area = ExpectedCurve.WithInterval(rows.Scores, rows.Risks);
        var ceiling = ExpectedCurve.WithInterval(rows.Truths, rows.Risks);
        var slope = CalibrationFit.Of(rows.Risks, rows.Scores);
        var observed = rows.Risks.Sum() / rows.Predictions.Sum();
        var error = curve.Sum(static point => point.Patients * Math.Abs(point.Predicted - point.Observed)) / rows.Rows.Count;
        var brier = rows.Risks.Zip(rows.Predictions, static (risk, p) => (p - risk) * (p - risk) + risk * (1 - risk)).Average();
        yield return Metric("prevalence", prevalence, method);
        yield return Metric("AUC", area.Area, method, area.Low, area.High);
        yield return Metric("AUC of the generating equation with everything known (ceiling)", ceiling.Area, method, ceiling.Low, ceiling.High);
        int[] complete = [.. Enumerable.Range(0, rows.Rows.Count).Where(n => ReferenceEquals(rows.Rows[n].Full, rows.Rows[n].Given))];
        double[] risks = [.. complete.Select(n => rows.Risks[n])];
        yield return new ModelMetric(
            "AUC", Figures.Round(ExpectedCurve.Area([.. complete.Select(n => rows.Scores[n])], risks)), null, null, "everything given", method);
        yield return new ModelMetric(
            "AUC of the generating equation with everything known (ceiling)",
            Figures.Round(ExpectedCurve.Area([.. complete.Select(n => rows.Truths[n])], risks)), null, null, "everything given", method);
        yield return Metric("Brier score", brier, method);
        yield return Metric(
            "calibration slope", slope.Slope, method,
            double.IsInfinity(slope.StandardError) ? null : slope.Slope - 1.96 * slope.StandardError,
            double.IsInfinity(slope.StandardError) ? null : slope.Slope + 1.96 * slope.StandardError);
        yield return Metric("observed / predicted", observed, method);
        yield return Metric("expected calibration error", error, method);
    }

    private static GroupFigures? InGroup(string name, Func<Subject, bool> holds, ScoredRows rows)
    {
        int[] members = [.. Enumerable.Range(0, rows.Rows.Count).Where(n => holds(rows.Rows[n].Subject))];
        if (members.Length < LeastPatients)
            return null;
        double[] risks = [.. members.Select(n => rows.Risks[n])];
        return new GroupFigures(
            name,
            members.Length,
            Math.Min(risks.Sum(), members.Length - risks.Sum()),
            risks.Sum() / members.Sum(n => rows.Predictions[n]),
            risks.Average() - members.Average(n => rows.Predictions[n]),
            ExpectedCurve.Area([.. members.Select(n => rows.Scores[n])], risks));
    }

    private static string Describe(List<GroupFigures> groups)
    {
        var large = groups.Where(static group => group.RarerEvents >= LeastEvents).ToList();
        var worst = large.MaxBy(static group => Math.Abs(Math.Log(group.ObservedOverPredicted)));
        return worst is null
            ? "No group has enough expected events to say where the model fits worst."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The worst gap of {large.Count} groups with at least {LeastEvents} expected events: {worst.Name}, observed / predicted {worst.ObservedOverPredicted:0.###}, {worst.Patients} patients.");
    }

    private static string Method(int patients) =>
        string.Create(CultureInfo.InvariantCulture, $" in {patients} unseen virtual patients of the central world; of half of them a random part was withheld");

    private static ModelMetric Metric(string name, double value, string method, double? low = null, double? high = null) =>
        new(name, Figures.Round(value), Figures.Round(low), Figures.Round(high), "all", method);

    private sealed record GroupFigures(
        string Name, int Patients, double RarerEvents, double ObservedOverPredicted, double Difference, double Area)
    {
        public IEnumerable<ModelMetric> Metrics(string method)
        {
            var text = "expected outcomes" + method;
            yield return new ModelMetric("patients", Patients, null, null, Name, text);
            yield return new ModelMetric("observed / predicted", Figures.Round(ObservedOverPredicted), null, null, Name, text);
            yield return new ModelMetric("observed minus predicted", Figures.Round(Difference), null, null, Name, text);
            yield return new ModelMetric("AUC", Figures.Round(Area), null, null, Name, text);
        }
    }
}
