using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Flags for conditions. Where no list of conditions was given, every one of them is NaN.</summary>
internal static class ConditionFeatures
{
    internal static ImmutableArray<Feature> All { get; } =
    [
        Any("diabetesMellitus", ConditionNames.DiabetesMellitus),
        Any("heartFailureOrCardiomyopathy", ConditionNames.HeartFailure, ConditionNames.Cardiomyopathy),
        Any("heartValveDiseaseOrReplacement", ConditionNames.HeartValveReplacement, ConditionNames.HeartValveDisease),
        Any("venousThromboembolism",
            ConditionNames.VenousThromboembolism, ConditionNames.DeepVeinThrombosis, ConditionNames.PulmonaryEmbolism),
        Any("atrialFibrillation", ConditionNames.AtrialFibrillation),
        Any("stroke", ConditionNames.Stroke),
        Any("orthopaedicSurgery", ConditionNames.OrthopaedicSurgery),
        Any("anxiousDepression", ConditionNames.AnxiousDepression),
        Any("priorMyocardialInfarction", ConditionNames.MyocardialInfarction),
        Any("nodePositive", ConditionNames.NodePositive),
        Any("tumourOver20mm", ConditionNames.TumourOver20mm),
        Any("tumourGrade3", ConditionNames.TumourGrade3),
        Any("poorPerformanceStatus", ConditionNames.PoorPerformanceStatus),
        Any("persistentNeutropenia", ConditionNames.PersistentNeutropenia),
        Any("disseminatedInfection", ConditionNames.DisseminatedInfection),
        Any("lowAdherence", ConditionNames.LowAdherence),
        Any("hepatitisC", ConditionNames.HepatitisC),
        Any("helicobacterPylori", ConditionNames.HelicobacterPylori, ConditionNames.ClarithromycinResistance),
        Any("clarithromycinResistance", ConditionNames.ClarithromycinResistance),
        Any("priorComplicatedUlcer", ConditionNames.ComplicatedUlcer),
        Any("priorMajorBleeding", ConditionNames.MajorBleeding),
        Any("psychiatricHistory", ConditionNames.PsychiatricDisorder, ConditionNames.AnxiousDepression),
        Any("symptomaticEpilepsy", ConditionNames.SymptomaticEpilepsy),
        Any("absenceOrMyoclonicEpilepsy", ConditionNames.AbsenceOrMyoclonicEpilepsy),
        Any("over20SeizuresBeforeTreatment", ConditionNames.Over20Seizures),
        Any("recentRelapse", ConditionNames.RecentRelapse),
        Any("crohnDisease", ConditionNames.CrohnDisease),
        Any("ponvHistory", ConditionNames.PostoperativeNausea),
        Any("fourOrMoreHlaMismatches", ConditionNames.FourOrMoreHlaMismatches),
        Any("minimalResidualDisease", ConditionNames.MinimalResidualDisease),
        Any("opioidTolerance", ConditionNames.OpioidTolerance),
        Any("laterLineOfTherapy", ConditionNames.LaterLineOfTherapy),
        Any("factorVLeiden", ConditionNames.FactorVLeiden),
    ];

    /// <summary>1 when one of the conditions is present, 0 when none is, NaN when no list was given.</summary>
    internal static float HasAny(PatientProfile patient, params ReadOnlySpan<string> conditions)
    {
        if (patient.Conditions is not { } present)
            return float.NaN;
        foreach (var condition in conditions)
        {
            if (present.Contains(condition))
                return 1;
        }

        return 0;
    }

    private static Feature Any(string name, params string[] conditions) => PatientFeature.Flag(
        name,
        $"Has {string.Join(" or ", conditions)}; 0 when a list was given that does not name it; NaN when none was given.",
        "conditions",
        [new FeatureInput("/conditions")],
        patient => HasAny(patient, conditions));
}
