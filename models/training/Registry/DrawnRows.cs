using System.Collections;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Training.Registry;

/// <summary>
/// Endlessly many rows of feature values, each evenly within its training range or missing; the same seed gives the same rows. They are no
/// patients: they only go wherever two models could differ.
/// </summary>
internal sealed class DrawnRows(ScoredModel active, ScoredModel candidate, int seed) : IEnumerable<IReadOnlyDictionary<string, float>>
{
    private const double MissingShare = 0.2;

    private readonly List<Feature> _features = [.. active.Features.Concat(candidate.Features).DistinctBy(static feature => feature.Name)];

    public IEnumerator<IReadOnlyDictionary<string, float>> GetEnumerator()
    {
        var random = new Random(seed);
        while (true)
        {
            var row = new Dictionary<string, float>(StringComparer.Ordinal);
            foreach (var feature in _features)
            {
                if (random.NextDouble() >= MissingShare)
                    row[feature.Name] = Draw(feature, random);
            }

            yield return row;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private float Draw(Feature feature, Random random)
    {
        var range = candidate.Card.TrainingRanges.GetValueOrDefault(feature.Name)
            ?? active.Card.TrainingRanges.GetValueOrDefault(feature.Name)
            ?? new FeatureRange(feature.Min, feature.Max);
        return feature.IsWhole
            ? random.Next((int)Math.Ceiling(range.Min), Math.Max((int)Math.Ceiling(range.Min), (int)Math.Floor(range.Max)) + 1)
            : (float)(range.Min + random.NextDouble() * (range.Max - range.Min));
    }
}
