using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>What earlier medications came to. Where no medication list was given, nothing is known of them.</summary>
internal static class HistoryFeatures
{
    private const string Source = "outcomes of medications, current and past";

    private static readonly FrozenSet<string> Antidepressants = MedicationNames.Members[MedicationNames.Antidepressant];

    internal static ImmutableArray<Feature> All { get; } =
    [
        PatientFeature.Count("priorAntidepressantFailures", 2,
            "Number of different antidepressants that failed, 2 for two or more; NaN when no medication list was given.",
            Source, MedicationFeatures.Inputs, AntidepressantFailures),
        Prior("priorAntiepilepticFailure", "An antiepileptic failed; gabapentinoids and benzodiazepines do not count",
            MedicationNames.Antiepileptic, MedicationOutcomeKind.NoResponse),
        Prior("priorAntiepilepticRash", "An antiepileptic gave a rash or a worse reaction of the skin",
            MedicationNames.Antiepileptic, MedicationOutcomeKind.AdverseEvent, AdverseEventNames.Rash),
        Prior("priorStimulantFailure", "Methylphenidate or an amphetamine failed",
            MedicationNames.Stimulant, MedicationOutcomeKind.NoResponse),
        EventOrCondition("priorMalignantHyperthermia", "Had malignant hyperthermia", PriorMalignantHyperthermia),
        EventOrCondition("priorMajorBleeding", "Had major bleeding, gastrointestinal or elsewhere", static patient => TernaryLogic.Or(
            HadEvent(patient, AdverseEventNames.Bleeding, AdverseEventNames.GastrointestinalBleeding),
            ConditionFeatures.Has(patient, ConditionNames.MajorBleeding))),
        EventOrCondition("priorComplicatedUlcer",
            "Had a complicated peptic ulcer; an ulcer or gastrointestinal bleeding as an adverse event counts as one",
            static patient => TernaryLogic.Or(
                HadEvent(patient, AdverseEventNames.PepticUlcer, AdverseEventNames.GastrointestinalBleeding),
                ConditionFeatures.Has(patient, ConditionNames.ComplicatedUlcer))),
    ];

    /// <summary>Whether medication history or conditions tell of malignant hyperthermia.</summary>
    internal static float PriorMalignantHyperthermia(PatientProfile patient) => TernaryLogic.Or(
        HadEvent(patient, AdverseEventNames.MalignantHyperthermia),
        ConditionFeatures.Has(patient, ConditionNames.MalignantHyperthermiaHistory));

    private static float AntidepressantFailures(PatientProfile patient)
    {
        if (patient.Outcomes is not { } outcomes)
            return float.NaN;
        string? first = null;
        for (var i = 0; i < outcomes.Count; i++)
        {
            var outcome = outcomes[i];
            if (outcome.Kind != MedicationOutcomeKind.NoResponse || AntidepressantOf(outcome.Names) is not { } failed)
                continue;
            first ??= failed;
            if (failed != first)
                return 2;
        }

        return first is null ? 0 : 1;
    }

    // A record may name the class alone; that counts as one drug.
    private static string? AntidepressantOf(IReadOnlySet<string> names)
    {
        if (!MedicationNames.Takes(names, MedicationNames.Antidepressant))
            return null;
        foreach (var name in Antidepressants)
        {
            if (names.Contains(name) && !MedicationNames.Members.ContainsKey(name))
                return name;
        }

        return MedicationNames.Antidepressant;
    }

    private static float HadEvent(PatientProfile patient, params ReadOnlySpan<string> events)
    {
        if (patient.Outcomes is not { } outcomes)
            return float.NaN;
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Event is { } happened && events.Contains(happened))
                return 1;
        }

        return 0;
    }

    private static float Had(PatientProfile patient, string drugClass, MedicationOutcomeKind kind, string? adverseEvent)
    {
        if (patient.Outcomes is not { } outcomes)
            return float.NaN;
        for (var i = 0; i < outcomes.Count; i++)
        {
            var outcome = outcomes[i];
            var isMeant = outcome.Kind == kind && (adverseEvent is null || outcome.Event == adverseEvent);
            if (isMeant && MedicationNames.Takes(outcome.Names, drugClass))
                return 1;
        }

        return 0;
    }

    private static Feature Prior(string name, string meaning, string drugClass, MedicationOutcomeKind kind, string? adverseEvent = null) =>
        PatientFeature.Flag(
            name,
            $"{meaning}; 0 when a medication list was given that does not say so; NaN when none was given.",
            Source,
            MedicationFeatures.Inputs,
            patient => Had(patient, drugClass, kind, adverseEvent));

    private static Feature EventOrCondition(string name, string meaning, Func<PatientProfile, float> read) => PatientFeature.Flag(
        name,
        $"{meaning}, by an adverse event of the medication history or among the conditions; 0 when both lists were given and neither says "
        + "so; NaN otherwise.",
        $"{Source}; conditions",
        [new FeatureInput("/medications"), new FeatureInput("/conditions")],
        read);
}
