using DrugResponse.Prediction.Models;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Warfarin;

/// <summary>The intervals around the scores, by what is not known of the patient.</summary>
internal static class WarfarinIntervals
{
    public const double DoseLevel = 0.8;
    public const double ProbabilityLevel = 0.9;

    /// <summary>A subject who lacks the features of a stratum in truth counts as often as this many from whom they are hidden.</summary>
    public const int TrulyMissingCount = 30;

    /// <summary>Subjects in a stratum from which offsets may be taken at all.</summary>
    private const int FewestSubjects = 50;

    /// <summary>
    /// Deviations of the square root of the dose that a subject needed from the one predicted out of fold, as fractions of the
    /// latter, by stratum: the subjects of a stratum are all those from whom its features are hidden and who lack none of the others.
    /// </summary>
    public static IReadOnlyList<StratumDeviations> DoseDeviations(WarfarinData data, WarfarinValidation validation) =>
        [.. WarfarinStrata.All.Select(stratum => new StratumDeviations(
            stratum,
            [.. Members(data, stratum).Select(subject => (subject, Math.Sqrt(data.Doses[subject]) / validation.DoseScores[stratum][subject] - 1))]))];

    /// <summary>
    /// Deviations of the log-odds that a refit to resampled subjects gives with everything known from those that the model gives
    /// without what is hidden, by stratum.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="data">The cohort.</param>
    /// <param name="models">The models to be published.</param>
    /// <param name="refits">Log-odds by subject, everything known, of each refit.</param>
    public static IReadOnlyList<StratumDeviations> ProbabilityDeviations(
        WarfarinEndpoint endpoint, WarfarinData data, WarfarinModels models, IReadOnlyList<double[]> refits) =>
        [.. WarfarinStrata.All.Select(stratum =>
        {
            var scores = models.LogOdds(endpoint, data, stratum);
            return new StratumDeviations(
                stratum,
                [.. Members(data, stratum).SelectMany(subject => refits.Select(refit => (subject, refit[subject] - scores[subject])))]);
        })];

    /// <summary>Log-odds of both endpoints, everything known, from models refitted to resampled subjects.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<double[]>> Refit(
        WarfarinData data, int count, int seed, Action<string> progress)
    {
        var random = new Random(seed);
        var refits = WarfarinValidation.Endpoints.ToDictionary(static endpoint => endpoint.Key, static _ => new List<double[]>());
        for (var refit = 0; refit < count; refit++)
        {
            if (refit % 10 == 0)
                progress($"refits to resampled subjects, {refit} of {count} done");
            var counts = Bootstrap.Draw(data.Subjects.Count, random);
            var models = WarfarinModels.Fit(data, Array.ConvertAll(counts, static count => (double)count), seed + 1 + refit);
            foreach (var endpoint in WarfarinValidation.Endpoints)
                refits[endpoint.Key].Add(models.LogOdds(endpoint, data, Hidden.Nothing));
        }

        return refits.ToDictionary(static pair => pair.Key, static pair => (IReadOnlyList<double[]>)pair.Value);
    }

    private static List<int> Members(WarfarinData data, Hidden stratum)
    {
        var known = WarfarinStrata.Of(data, Hidden.Nothing);
        var missing = WarfarinStrata.Of(data, stratum);
        var members = new List<int>();
        for (var subject = 0; subject < missing.Length; subject++)
            if (missing[subject] == stratum)
                members.AddRange(Enumerable.Repeat(subject, stratum != Hidden.Nothing && known[subject] == stratum ? TrulyMissingCount : 1));

        return members.Count >= FewestSubjects
            ? members
            : throw new InvalidOperationException($"Only {members.Count} subjects for the interval without {stratum}.");
    }
}
