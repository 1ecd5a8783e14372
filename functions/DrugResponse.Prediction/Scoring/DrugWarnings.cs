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
        warnings.AddRange(TrainingRangeWarnings.Of(patient, scored));
        return warnings;
    }
}
