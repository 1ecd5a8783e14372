using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What the reader of a drug's scores must know: what they rest on, what was missing, and where the patient lies outside the training
/// data.
/// </summary>
internal static class DrugWarnings
{
    public static IReadOnlyList<Warning> Of(Candidate candidate, PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var warnings = new List<Warning>();
        if (scored.Count == 0)
            warnings.Add(new Warning(WarningCodes.NoModel, candidate.Path, $"No model is loaded for {candidate.Drug}: nothing was scored."));
        warnings.AddRange(EvidenceWarnings.Of(patient, scored));
        warnings.AddRange(MissingInputWarnings.Of(patient, scored));
        warnings.AddRange(OutOfRange(patient, scored));
        return warnings;
    }

    // A card may state the range of a feature that the model does not use: an adult cohort says nothing about a child, whatever the inputs are.
    private static IEnumerable<Warning> OutOfRange(PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var context = new FeatureContext(patient);
        return scored
            .SelectMany(one => one.Model.Card.TrainingRanges.Select(range => (Feature: FeatureCatalogue.Get(range.Key), Range: range.Value, One: one)))
            .Select(item => (item.Feature, item.Range, Value: item.One.ValueOf(item.Feature, context)))
            .Where(static item => item.Value < item.Range.Min || item.Value > item.Range.Max)
            .DistinctBy(static item => item.Feature.Name)
            .Select(static item => OutOfRange(item.Feature, item.Value, item.Range));
    }

    private static Warning OutOfRange(Feature feature, float value, Models.FeatureRange range) => new(
        WarningCodes.OutOfTrainingRange,
        feature.Path,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{feature.Name} is {value:0.###} {feature.Unit}; the model was trained on {range.Min:0.###} to {range.Max:0.###}."));
}
