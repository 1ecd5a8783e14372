using System.Globalization;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Training.Registry;

/// <summary>Sets a version beside the active one: inputs, metrics, and how far apart their answers are.</summary>
internal sealed class VersionComparison(ScoredModel active, ScoredModel candidate)
{
    private const int Rows = 2000;
    private const int Seed = 1;

    /// <summary>Writes the comparison.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync($"Compared with the active version {active.Reference.Version}:");
        foreach (var line in Inputs().Concat(Metrics()).Append(Differences()))
            await output.WriteLineAsync($"  {line}");
    }

    private IEnumerable<string> Inputs()
    {
        var (before, after) = (Names(active), Names(candidate));
        yield return $"inputs added: {List(after.Except(before))}";
        yield return $"inputs gone: {List(before.Except(after))}";
    }

    private IEnumerable<string> Metrics()
    {
        var before = active.Card.Metrics.ToLookup(static metric => (metric.Group, metric.Name));
        var after = candidate.Card.Metrics.ToLookup(static metric => (metric.Group, metric.Name));
        foreach (var key in after.Select(static group => group.Key).Union(before.Select(static group => group.Key)))
            yield return $"{key.Name} ({key.Group}): {Figure(before[key].FirstOrDefault())} -> {Figure(after[key].FirstOrDefault())}";
    }

    private string Differences()
    {
        var differences = new List<double>(Rows);
        foreach (var row in new DrawnRows(active, candidate, Seed).Take(Rows))
        {
            try
            {
                differences.Add(Math.Abs(candidate.Answer(row) - active.Answer(row)));
            }
            catch (ModelInputException)
            {
                // A value in the training range of one model may lie outside what the other takes; such rows are counted below.
            }
        }

        if (differences.Count == 0)
            return $"none of {Rows} drawn rows could be scored by both";

        differences.Sort();
        var unit = active.Card.Kind == EndpointKind.Dose ? active.Card.Unit : "probability";
        var (median, high) = (At(differences, 0.5), At(differences, 0.95));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"difference in {unit} over {differences.Count} of {Rows} drawn rows: median {median:G4}, 95th percentile {high:G4}");
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static List<string> Names(ScoredModel model) => [.. model.Features.Select(static feature => feature.Name)];

    private static string List(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    private static string Figure(ModelMetric? metric) => metric switch
    {
        null => "not stated",
        { Low: { } low, High: { } high } => string.Create(CultureInfo.InvariantCulture, $"{metric.Value:G4} ({low:G4} to {high:G4})"),
        _ => metric.Value.ToString("G4", CultureInfo.InvariantCulture),
    };
}
