using System.Collections.Immutable;
using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// Where the patient lies outside what a drug's models saw in training. A card may state the range of a feature that the model does not
/// use: an adult cohort says nothing about a child, whatever the inputs are. Immutable and thread-safe.
/// </summary>
internal sealed class TrainingRangeWarnings
{
    private const string Male = "male";

    private readonly ImmutableArray<TrainedRange> _ranges;

    /// <param name="models">The drug's models.</param>
    public TrainingRangeWarnings(ImmutableArray<ScoredModel> models) => _ranges =
    [
        .. models.Index()
            .SelectMany(static entry => entry.Item.Card.TrainingRanges, static (entry, range) => (entry.Index, range.Key, range.Value))
            .GroupBy(static entry => entry.Key, StringComparer.Ordinal)
            .SelectMany(feature => OfFeature(
                FeatureCatalogue.Get(feature.Key), [.. feature.Select(static entry => (entry.Index, entry.Value))], models)),
    ];

    /// <summary>Adds the warnings about the scores of one patient.</summary>
    /// <param name="warnings">Takes them.</param>
    /// <param name="context">The patient.</param>
    /// <param name="scored">What each of the models said, in their order.</param>
    public void AddTo(List<Warning> warnings, FeatureContext context, Scored[] scored)
    {
        foreach (var range in _ranges)
        {
            if (range.WarningOf(range.Column.ValueIn(scored, context)) is { } warning)
                warnings.Add(warning);
        }
    }

    // Where the models of a drug saw different patients, the reader must know which of them this one is strange to.
    private static IEnumerable<TrainedRange> OfFeature(
        Feature feature, (int Model, FeatureRange Range)[] stated, ImmutableArray<ScoredModel> models)
    {
        var byRange = stated.GroupBy(static one => one.Range, static one => one.Model).ToArray();
        foreach (var range in byRange)
        {
            string[] ids = [.. range.Select(model => models[model].Reference.Id)];
            var who = byRange.Length == 1 ? "the model was trained"
                : $"{string.Join(", ", ids)} {(ids.Length > 1 ? "were" : "was")} trained";
            yield return new TrainedRange(feature, range.Key, new FeatureColumn(feature, models[range.First()], range.First()), who);
        }
    }

    /// <summary>A range of one feature that some models of a drug were trained on.</summary>
    private sealed class TrainedRange(Feature feature, FeatureRange range, FeatureColumn column, string who)
    {
        private readonly string _trained = $"; {who} on {Describe(feature, range)}.";

        public FeatureColumn Column => column;

        // A feature is a single-precision number, which need not be the double that a card's end of the range is read as.
        public Warning? WarningOf(float value) => value < (float)range.Min || value > (float)range.Max
            ? new Warning(WarningCodes.OutOfTrainingRange, feature.Path, Describe(feature, value) + _trained)
            : null;

        private static string Describe(Feature feature, float value) => feature.Unit == "flag"
            ? string.Create(CultureInfo.InvariantCulture, $"{feature.Name} is {value:0}")
            : string.Create(CultureInfo.InvariantCulture, $"{feature.Name} is {value:0.###} {feature.Unit}");

        private static string Describe(Feature feature, FeatureRange range) => feature.Name switch
        {
            Male when range is { Min: 0, Max: 0 } => "women only",
            Male when range is { Min: 1, Max: 1 } => "men only",
            _ when range.Min.Equals(range.Max) => string.Create(CultureInfo.InvariantCulture, $"{range.Min:0.###} only"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{range.Min:0.###} to {range.Max:0.###}"),
        };
    }
}
