using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// Where the patient lies outside what a drug's models saw in training. A card may state the range of a feature that the model does not
/// use: an adult cohort says nothing about a child, whatever the inputs are.
/// </summary>
internal static class TrainingRangeWarnings
{
    private const string Male = "male";

    public static IEnumerable<Warning> Of(PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var context = new FeatureContext(patient);
        return scored
            .SelectMany(static one => one.Model.Card.TrainingRanges, static (one, range) => (One: one, range.Key, range.Value))
            .GroupBy(static entry => entry.Key, StringComparer.Ordinal)
            .SelectMany(models => OfFeature(
                FeatureCatalogue.Get(models.Key), [.. models.Select(static entry => (entry.One, entry.Value))], context));
    }

    // Where the models of a drug saw different patients, the reader must know which of them this one is strange to.
    private static IEnumerable<Warning> OfFeature(Feature feature, (Scored One, FeatureRange Range)[] models, FeatureContext context)
    {
        var byRange = models.GroupBy(static model => model.Range, static model => model.One).ToArray();
        foreach (var range in byRange)
        {
            var value = range.First().ValueOf(feature, context);
            if (!IsOutside(value, range.Key))
                continue;
            string[] ids = [.. range.Select(static one => one.Model.Reference.Id)];
            var who = byRange.Length == 1 ? "the model was trained"
                : $"{string.Join(", ", ids)} {(ids.Length > 1 ? "were" : "was")} trained";
            yield return new Warning(
                WarningCodes.OutOfTrainingRange, feature.Path, $"{Describe(feature, value)}; {who} on {Describe(feature, range.Key)}.");
        }
    }

    // A feature is a single-precision number, which need not be the double that a card's end of the range is read as.
    private static bool IsOutside(float value, FeatureRange range) => value < (float)range.Min || value > (float)range.Max;

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
