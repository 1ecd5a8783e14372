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
    public static IReadOnlyList<Warning> Of(Candidate candidate, IReadOnlyList<Scored> scored)
    {
        var warnings = new List<Warning>();
        if (scored.Count == 0)
            warnings.Add(new Warning(WarningCodes.NoModel, candidate.Path, $"No model is loaded for {candidate.Drug}: nothing was scored."));
        warnings.AddRange(NoKnownEffects(scored));
        warnings.AddRange(Missing(scored));
        warnings.AddRange(OutOfRange(scored));
        return warnings;
    }

    private static IEnumerable<Warning> NoKnownEffects(IReadOnlyList<Scored> scored) =>
        scored
            .Where(static one => one.Model.Card.HasNoKnownEffects)
            .Select(static one => new Warning(
                WarningCodes.NoKnownEffect,
                null,
                $"Nothing is known to change {one.Model.Reference.Id}; the figure is the published rate for everybody."));

    private static IEnumerable<Warning> Missing(IReadOnlyList<Scored> scored) =>
        scored
            .SelectMany(one => one.Model.Features.Where((feature, i) => feature.ChainedFrom is null && float.IsNaN(one.Result.Values[i])))
            .SelectMany(feature => feature.Inputs)
            .Distinct()
            .Select(input => input.Gene is { } gene
                ? new Warning(WarningCodes.MissingGenotype, input.Path, $"{gene} was not given or not called; the models treat it as unknown and the intervals are wider.")
                : new Warning(WarningCodes.MissingFeature, input.Path, $"{input.Path} was not given; the models treat it as unknown."));

    private static IEnumerable<Warning> OutOfRange(IReadOnlyList<Scored> scored) =>
        scored
            .SelectMany(one => one.Model.Features.Select((feature, i) => (Feature: feature, Value: one.Result.Values[i], one.Model.Card)))
            .Where(item => item.Card.TrainingRanges.TryGetValue(item.Feature.Name, out var range)
                && (item.Value < range.Min || item.Value > range.Max))
            .DistinctBy(item => item.Feature.Name)
            .Select(item => OutOfRange(item.Feature, item.Value, item.Card.TrainingRanges[item.Feature.Name]));

    private static Warning OutOfRange(Feature feature, float value, Models.FeatureRange range) => new(
        WarningCodes.OutOfTrainingRange,
        feature.Inputs is [var input] ? input.Path : null,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{feature.Name} is {value:0.###} {feature.Unit}; the model was trained on {range.Min:0.###} to {range.Max:0.###}."));
}
