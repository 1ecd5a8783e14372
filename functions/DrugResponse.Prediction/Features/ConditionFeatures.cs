using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Flags for conditions. Where no list of conditions was given, every one of them is NaN; where one was given, those are NaN that a list
/// tells only by stating them (<see cref="ConditionNames.StatedOnly"/>).
/// </summary>
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
        Implied("helicobacterPylori", ConditionNames.HelicobacterPylori, ConditionNames.ClarithromycinResistance),
        Any("clarithromycinResistance", ConditionNames.ClarithromycinResistance),
        Implied("psychiatricHistory", ConditionNames.PsychiatricDisorder, ConditionNames.AnxiousDepression),
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
        Any("cirrhosis", ConditionNames.Cirrhosis),
    ];

    /// <summary>1 when one of the conditions is present, 0 when all are known to be absent, else NaN.</summary>
    internal static float HasAny(PatientProfile patient, params ReadOnlySpan<string> conditions)
    {
        var any = 0f;
        foreach (var condition in conditions)
            any = TernaryLogic.Or(any, Has(patient, condition));

        return any;
    }

    /// <summary>
    /// 1 when the condition is present; 0 when it was said to be absent, or a list was given that would name it; else NaN.
    /// </summary>
    internal static float Has(PatientProfile patient, string condition)
    {
        if (patient.Conditions?.Contains(condition) == true)
            return 1;
        if (patient.AbsentConditions.Contains(condition))
            return 0;
        return patient.Conditions is null || ConditionNames.StatedOnly.Contains(condition) ? float.NaN : 0;
    }

    /// <summary>The part of the request that tells of a condition.</summary>
    internal static FeatureInput InputOf(string condition) =>
        ConditionNames.StatedOnly.Contains(condition) ? FeatureInput.OfCondition(condition) : new FeatureInput("/conditions");

    private static Feature Any(string name, params string[] conditions) => PatientFeature.Flag(
        name,
        $"Has {string.Join(" or ", conditions)}; {UnlessStated(conditions)}",
        "conditions",
        [.. conditions.Select(InputOf).Distinct()],
        patient => HasAny(patient, conditions));

    // Who has the one has the other, but its absence says nothing about the other.
    private static Feature Implied(string name, string condition, string implying) => PatientFeature.Flag(
        name,
        $"Has {condition}, or {implying}, which implies it; {UnlessStated(condition)}",
        "conditions",
        [InputOf(condition)],
        patient => patient.Conditions?.Contains(implying) == true ? 1 : Has(patient, condition));

    private static string UnlessStated(params ReadOnlySpan<string> conditions) => ConditionNames.StatedOnly.Contains(conditions[0])
        ? "0 only when it was said to be absent; NaN otherwise, also when a list was given that does not name it."
        : "0 when a list was given that does not name it; NaN when none was given.";
}
