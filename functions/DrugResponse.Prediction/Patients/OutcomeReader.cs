using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>Reads what came of a medication.</summary>
internal static class OutcomeReader
{
    /// <summary>
    /// The outcome that an entry states, or null. It stands even when the drug was not recognised: the event may count by itself.
    /// </summary>
    public static MedicationOutcome? Read(Medication medication, IReadOnlyList<string> names) => medication.Outcome switch
    {
        "responded" => Of(names, MedicationOutcomeKind.Responded),
        "no-response" => Of(names, MedicationOutcomeKind.NoResponse),
        "adverse-event" => Of(names, MedicationOutcomeKind.AdverseEvent, medication.Event),
        _ => null,
    };

    private static MedicationOutcome Of(IReadOnlyList<string> names, MedicationOutcomeKind kind, string? adverseEvent = null) =>
        new(MedicationNames.WithClasses(names), kind, adverseEvent is null ? null : AdverseEventTerms.Find(adverseEvent));
}
