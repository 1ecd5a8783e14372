using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What the reader of a drug's scores must know: what was missing, where the patient lies outside the training data, and what nothing is
/// known to change.
/// </summary>
internal static class DrugWarnings
{
    public static IReadOnlyList<Warning> Of(Candidate candidate, PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var warnings = new List<Warning>();
        if (scored.Count == 0)
            warnings.Add(new Warning(WarningCodes.NoModel, candidate.Path, $"No model is loaded for {candidate.Drug}: nothing was scored."));
        warnings.AddRange(NoKnownEffects(scored));
        warnings.AddRange(MissingInputWarnings.Of(patient, scored));
        warnings.AddRange(OutOfRange(patient, scored));
        return warnings;
    }

    private static IEnumerable<Warning> NoKnownEffects(IReadOnlyList<Scored> scored) =>
        scored
            .Where(static one => one.Model.Card.HasNoKnownEffects)
            .Select(static one => new Warning(
                WarningCodes.NoKnownEffect,
                null,
                $"Nothing is known to change {one.Model.Reference.Id}; the figure is the published rate for everybody."));

    // A card may state the range of a feature that the model does not use: an adult cohort says nothing about a child, whatever the inputs are.
    private static IEnumerable<Warning> OutOfRange(PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var context = new FeatureContext(patient);
        return scored
            .SelectMany(one => one.Model.Card.TrainingRanges.Select(range => (Feature: Find(range.Key), Range: range.Value, One: one)))
            .Select(item => (item.Feature, item.Range, Value: ValueOf(item.Feature, item.One, context)))
            .Where(static item => item.Value < item.Range.Min || item.Value > item.Range.Max)
            .DistinctBy(static item => item.Feature.Name)
            .Select(static item => OutOfRange(item.Feature, item.Value, item.Range));
    }

    private static float ValueOf(Feature feature, Scored one, FeatureContext context)
    {
        var at = one.Model.Features.IndexOf(feature);
        return at >= 0 ? one.Result.Values[at] : feature.Compute(context);
    }

    private static Feature Find(string name) =>
        FeatureCatalogue.TryGet(name, out var feature)
            ? feature
            : throw new InvalidOperationException($"A card that was loaded names '{name}', which is not in the feature catalogue.");

    private static Warning OutOfRange(Feature feature, float value, Models.FeatureRange range) => new(
        WarningCodes.OutOfTrainingRange,
        feature.Inputs is [var input] ? input.Path : null,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{feature.Name} is {value:0.###} {feature.Unit}; the model was trained on {range.Min:0.###} to {range.Max:0.###}."));
}
