using DrugResponse.Prediction.Features;

namespace DrugResponse.Training;

/// <summary>Feature values by the service's own catalogue, so that training cannot compute them differently.</summary>
internal static class FeatureRows
{
    /// <summary>One row per profile, in the order of <paramref name="features"/>.</summary>
    /// <param name="features">Names in the catalogue.</param>
    /// <param name="profiles">Patients.</param>
    /// <param name="doseScores">Scores of the dose model for the same patients, for chained features; null when there are none.</param>
    public static List<float[]> Of(
        IEnumerable<string> features, IReadOnlyList<PatientProfile> profiles, IReadOnlyList<double>? doseScores = null)
    {
        var compute = features.Select(Find).ToArray();
        var rows = new List<float[]>(profiles.Count);
        for (var n = 0; n < profiles.Count; n++)
        {
            var earlier = doseScores is null
                ? null
                : new Dictionary<string, float> { ["warfarin/dose"] = (float)doseScores[n] };
            var context = new FeatureContext(profiles[n], earlier);
            rows.Add(Array.ConvertAll(compute, feature => feature.Compute(context)));
        }

        return rows;
    }

    private static Feature Find(string name) =>
        FeatureCatalogue.TryGet(name, out var feature)
            ? feature
            : throw new InvalidOperationException($"There is no feature '{name}' in the catalogue.");
}
