using System.Collections.Immutable;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What the medication history says against giving a drug again: it, or another one of its class, harmed before, or it failed before.
/// The entry is named by its pointer, never in the caller's words, which may describe the patient.
/// </summary>
internal static class HistoryWarnings
{
    /// <summary>Adds the warnings about a drug.</summary>
    /// <param name="warnings">Takes them.</param>
    /// <param name="drug">The drug.</param>
    /// <param name="reading">The patient.</param>
    public static void AddTo(List<Warning> warnings, string drug, PatientReading reading)
    {
        foreach (var medication in reading.History ?? [])
        {
            if (medication.Outcomes.Count > 0 && WarningOf(drug, medication) is { } warning)
                warnings.Add(warning);
        }
    }

    private static Warning? WarningOf(string drug, KnownMedication medication)
    {
        foreach (var outcome in medication.Outcomes)
        {
            if (WarningOf(drug, medication, outcome) is { } warning)
                return warning;
        }

        return null;
    }

    private static Warning? WarningOf(string drug, KnownMedication medication, MedicationOutcome outcome) => outcome.Kind switch
    {
        MedicationOutcomeKind.NoResponse when medication.Names(drug) => new Warning(
            WarningCodes.PreviousNoResponse, medication.Path, $"{medication.Path} says that {drug} failed in this patient before."),
        MedicationOutcomeKind.AdverseEvent when medication.Names(drug) => new Warning(
            WarningCodes.PreviousAdverseEvent, medication.Path, $"{medication.Path} says that {drug} harmed this patient before."),
        MedicationOutcomeKind.AdverseEvent when CrossReaction.Find(drug, outcome) is { } shared => new Warning(
            WarningCodes.PreviousAdverseEvent,
            medication.Path,
            $"{medication.Path} says that a drug of the same class as {drug} ({shared.Group}) harmed this patient before: "
            + $"{shared.Reason}."),
        _ => null,
    };
}
