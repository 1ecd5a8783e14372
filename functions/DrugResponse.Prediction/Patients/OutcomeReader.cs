using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>Reads what came of a medication.</summary>
internal static class OutcomeReader
{
    /// <summary>
    /// The outcomes that an entry states, of harm one for each event that is known; empty when it states none. They stand even when the
    /// drug was not recognised: the event may count by itself.
    /// </summary>
    public static IReadOnlyList<MedicationOutcome> Read(Medication medication, IReadOnlyList<string> names) => medication.Outcome switch
    {
        "responded" => [Of(names, MedicationOutcomeKind.Responded)],
        "no-response" => [Of(names, MedicationOutcomeKind.NoResponse)],
        "adverse-event" when medication.Event is { } words && AdverseEventTerms.Find(words) is { Count: > 0 } events =>
            [.. events.Select(adverseEvent => Of(names, MedicationOutcomeKind.AdverseEvent, adverseEvent))],
        "adverse-event" => [Of(names, MedicationOutcomeKind.AdverseEvent)],
        _ => [],
    };

    private static MedicationOutcome Of(IReadOnlyList<string> names, MedicationOutcomeKind kind, string? adverseEvent = null) =>
        new(MedicationNames.WithClasses(names), kind, adverseEvent);
}
