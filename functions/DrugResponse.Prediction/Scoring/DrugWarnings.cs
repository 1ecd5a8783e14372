using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Scoring;

/// <summary>What the reader of a drug's scores must know: what was missing, and where the patient lies outside the training data.</summary>
internal static class DrugWarnings
{
    public static IReadOnlyList<Warning> Of(Candidate candidate, PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var warnings = new List<Warning>();
        if (scored.Count == 0)
            warnings.Add(new Warning(WarningCodes.NoModel, candidate.Path, $"No model is loaded for {candidate.Drug}: nothing was scored."));
        warnings.AddRange(MissingInputWarnings.Of(patient, scored));
        warnings.AddRange(OutOfRange(scored));
        return warnings;
    }

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
