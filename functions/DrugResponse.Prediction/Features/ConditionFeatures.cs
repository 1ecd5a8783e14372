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
    ];

    private static Feature Any(string name, params string[] conditions) => new()
    {
        Name = name,
        Unit = "flag",
        Min = 0,
        Max = 1,
        Meaning = $"Has {string.Join(" or ", conditions)}; 0 when a list was given that does not name it; NaN when none was given.",
        Source = "conditions",
        Inputs = [new FeatureInput("/conditions")],
        Compute = context => context.Patient.Conditions is { } present ? conditions.Any(present.Contains) ? 1 : 0 : float.NaN,
    };
}
