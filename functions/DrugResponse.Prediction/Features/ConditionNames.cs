using System.Collections.Frozen;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// The canonical names of conditions that features are computed from. Whoever reads a request maps synonyms to these;
/// <see cref="PatientProfile.Conditions"/> holds nothing else.
/// </summary>
public static class ConditionNames
{
    /// <summary>Atrial fibrillation or flutter.</summary>
    public const string AtrialFibrillation = "atrial fibrillation";

    /// <summary>Cardiomyopathy or left ventricular dilation.</summary>
    public const string Cardiomyopathy = "cardiomyopathy";

    /// <summary>Deep vein thrombosis.</summary>
    public const string DeepVeinThrombosis = "deep vein thrombosis";

    /// <summary>Diabetes mellitus of any type.</summary>
    public const string DiabetesMellitus = "diabetes mellitus";

    /// <summary>Congestive heart failure.</summary>
    public const string HeartFailure = "heart failure";

    /// <summary>Disease of a heart valve that has not been replaced.</summary>
    public const string HeartValveDisease = "heart valve disease";

    /// <summary>Mechanical or biological replacement of a heart valve.</summary>
    public const string HeartValveReplacement = "heart valve replacement";

    /// <summary>Recent major orthopaedic surgery, such as joint replacement.</summary>
    public const string OrthopaedicSurgery = "orthopaedic surgery";

    /// <summary>Pulmonary embolism.</summary>
    public const string PulmonaryEmbolism = "pulmonary embolism";

    /// <summary>Stroke or transient ischaemic attack.</summary>
    public const string Stroke = "stroke";

    /// <summary>Deep vein thrombosis or pulmonary embolism, without saying which.</summary>
    public const string VenousThromboembolism = "venous thromboembolism";

    /// <summary>Every canonical name.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
    [
        AtrialFibrillation, Cardiomyopathy, DeepVeinThrombosis, DiabetesMellitus, HeartFailure, HeartValveDisease,
        HeartValveReplacement, OrthopaedicSurgery, PulmonaryEmbolism, Stroke, VenousThromboembolism,
    ],
        StringComparer.Ordinal);
}
