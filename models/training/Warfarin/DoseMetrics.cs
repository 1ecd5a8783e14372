using DrugResponse.Prediction.Models;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Warfarin;

/// <summary>Accuracy of the dose model beside the published algorithms and a fixed dose.</summary>
internal sealed class DoseMetrics
{
    private const string Published =
        "published formula applied to the same subjects; it was derived on most of this very cohort, so this flatters it";

    private readonly WarfarinData _data;
    private readonly WarfarinValidation _validation;
    private readonly string _crossValidated;
    private readonly List<ModelMetric> _metrics = [];

    private DoseMetrics(WarfarinData data, WarfarinValidation validation)
    {
        _data = data;
        _validation = validation;
        _crossValidated =
            $"{validation.RepeatedDoses.Count} repeats of {validation.Folds.Max() + 1}-fold cross-validation on the training subjects";
    }

    public static IReadOnlyList<ModelMetric> Measure(
        WarfarinData data, WarfarinValidation validation, IReadOnlyList<(int Subject, bool IsCovered)> covered, int seed)
    {
        var metrics = new DoseMetrics(data, validation);
        metrics.Measure(covered, seed);
        return metrics._metrics;
    }

    private void Measure(IReadOnlyList<(int Subject, bool IsCovered)> covered, int seed)
    {
        var others = Others();
        foreach (var (group, members) in WarfarinGroups.Of(_data))
        {
            AddAccuracy("this model", _crossValidated, group, members, _validation.RepeatedDoses, seed);
            if (group == WarfarinGroups.All)
                AddAccuracy("this model, new site", "one block of accession numbers (a stand-in for the site) left out at a time",
                    group, members, [_validation.BlockDoses], seed);
            foreach (var (name, method, doses) in others)
            {
                AddAccuracy(name, method, group, members, [doses], seed);
                AddDifferences(name, doses, group, members, seed);
            }

            Add("mean error, mg/week: this model", group, members.Average(n => Mean(_validation.RepeatedDoses, n) - _data.Doses[n]), _crossValidated);
            var inGroup = members.ToHashSet();
            Add("coverage of the 80 % interval", group,
                covered.Where(each => inGroup.Contains(each.Subject)).Average(static each => each.IsCovered ? 1.0 : 0),
                "cross-conformal: offsets from the out-of-fold residuals of all folds but one, coverage in that one");
        }
    }

    private (string Name, string Method, double[] Doses)[] Others()
    {
        var size = new BodySize(_data.Subjects);
        // The formulas need an age; the few subjects without one are given the cohort's median decade.
        var decades = _data.Subjects.Where(static subject => subject.Profile.AgeYears is not null)
            .Select(static subject => Math.Floor(subject.Profile.AgeYears!.Value / 10)).Order().ToArray();
        var median = decades[decades.Length / 2];
        double[] Doses(Func<IwpcSubject, double, double, double, double> formula) =>
            [.. _data.Subjects.Select(subject => formula(
                subject, size.HeightCm(subject), size.WeightKg(subject), Math.Floor(subject.Profile.AgeYears / 10 ?? median)))];
        return
        [
            ("IWPC pharmacogenetic algorithm", Published, Doses(PublishedAlgorithms.Pharmacogenetic)),
            ("IWPC clinical algorithm", Published, Doses(PublishedAlgorithms.Clinical)),
            ("35 mg/week for all", "the same subjects", [.. _data.Doses.Select(static _ => WarfarinEndpoint.StandardDose)]),
        ];
    }

    private void AddAccuracy(
        string predictor, string method, string group, int[] members, IReadOnlyList<double[]> repeats, int seed)
    {
        Add($"mean absolute error, mg/week: {predictor}", group, Errors(members, repeats), method, seed);
        Add($"share within 20 % of the dose: {predictor}", group, Hits(members, repeats), method, seed);
    }

    private void AddDifferences(string predictor, double[] doses, string group, int[] members, int seed)
    {
        var paired = $"paired bootstrap over subjects, {_crossValidated}";
        Add($"mean absolute error, mg/week: this model minus {predictor}", group,
            Differences(Errors(members, _validation.RepeatedDoses), Errors(members, [doses])), paired, seed);
        Add($"share within 20 % of the dose: this model minus {predictor}", group,
            Differences(Hits(members, _validation.RepeatedDoses), Hits(members, [doses])), paired, seed);
    }

    private double[] Errors(int[] members, IReadOnlyList<double[]> repeats) =>
        [.. members.Select(n => repeats.Average(doses => Math.Abs(doses[n] - _data.Doses[n])))];

    private double[] Hits(int[] members, IReadOnlyList<double[]> repeats) =>
        [.. members.Select(n => repeats.Average(doses => Math.Abs(doses[n] - _data.Doses[n]) <= 0.2 * _data.Doses[n] ? 1.0 : 0))];

    private static double[] Differences(double[] ours, double[] theirs) => [.. ours.Zip(theirs, static (a, b) => a - b)];

    private static double Mean(IReadOnlyList<double[]> repeats, int subject) => repeats.Average(doses => doses[subject]);

    private void Add(string name, string group, double[] bySubject, string method, int seed)
    {
        var (mean, low, high) = Bootstrap.Mean(bySubject, seed);
        _metrics.Add(new ModelMetric(name, Round(mean), Round(low), Round(high), group, method));
    }

    private void Add(string name, string group, double value, string method) =>
        _metrics.Add(new ModelMetric(name, Round(value), null, null, group, method));

    private static double Round(double value) => Math.Round(value, 4) + 0;
}
