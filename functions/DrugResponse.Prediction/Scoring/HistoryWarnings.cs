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
    // Classes within which harm by one member says something about the others.
    private static readonly ImmutableArray<string> Classes =
    [
        MedicationNames.AromaticAntiepileptic, MedicationNames.Fluoropyrimidine, MedicationNames.Nsaid, MedicationNames.Ssri,
        MedicationNames.Statin, MedicationNames.Thiopurine, MedicationNames.VolatileAnaesthetic,
    ];

    public static IEnumerable<Warning> Of(string drug, PatientReading reading)
    {
        foreach (var medication in reading.History ?? [])
        {
            if (medication.Outcome is { } outcome && WarningOf(drug, medication, outcome) is { } warning)
                yield return warning;
        }
    }

    private static Warning? WarningOf(string drug, KnownMedication medication, MedicationOutcome outcome) => outcome.Kind switch
    {
        MedicationOutcomeKind.NoResponse when medication.Names(drug) => new Warning(
            WarningCodes.PreviousNoResponse, medication.Path, $"{medication.Path} says that {drug} failed in this patient before."),
        MedicationOutcomeKind.AdverseEvent when medication.Names(drug) => new Warning(
            WarningCodes.PreviousAdverseEvent, medication.Path, $"{medication.Path} says that {drug} harmed this patient before."),
        MedicationOutcomeKind.AdverseEvent when SharedClass(drug, outcome.Names) is { } shared => new Warning(
            WarningCodes.PreviousAdverseEvent,
            medication.Path,
            $"{medication.Path} says that a drug of the same class as {drug} ({shared}) harmed this patient before."),
        _ => null,
    };

    private static string? SharedClass(string drug, IReadOnlySet<string> names) =>
        Classes.FirstOrDefault(shared => names.Contains(shared) && MedicationNames.Members[shared].Contains(drug));
}
