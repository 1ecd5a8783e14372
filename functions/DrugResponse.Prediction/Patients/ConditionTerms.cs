using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>The words in which records state the conditions that features know.</summary>
internal static class ConditionTerms
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, IReadOnlyList<string>>
    {
        [ConditionNames.DiabetesMellitus] =
        [
            "diabetes", "dm", "niddm", "type 1 diabetes", "type 2 diabetes", "type 1 diabetes mellitus", "type 2 diabetes mellitus", "t1dm", "t2dm",
        ],
        [ConditionNames.HeartFailure] =
            ["congestive heart failure", "chf", "hf", "cardiac failure", "heart failure or cardiomyopathy", "congestive heart failure or cardiomyopathy"],
        [ConditionNames.Cardiomyopathy] =
            ["dilated cardiomyopathy", "cardiomyopathy or left ventricular dilation", "left ventricular dilation", "lv dilation"],
        [ConditionNames.HeartValveReplacement] =
        [
            "valve replacement", "heart valve prosthesis", "mechanical heart valve", "prosthetic heart valve", "artificial heart valve",
            "bioprosthetic heart valve", "aortic valve replacement", "mitral valve replacement", "avr", "mvr",
        ],
        [ConditionNames.HeartValveDisease] = ["heart valve", "valvular disease", "valvular heart disease", "valve disease"],
        [ConditionNames.DeepVeinThrombosis] = ["deep venous thrombosis", "dvt"],
        [ConditionNames.PulmonaryEmbolism] = ["pe", "lung embolism"],
        [ConditionNames.VenousThromboembolism] =
            ["vte", "venous thrombosis", "deep vein thrombosis or pulmonary embolism", "deep vein thrombosis and pulmonary embolism", "dvt/pe"],
        [ConditionNames.AtrialFibrillation] =
            ["af", "afib", "atrial flutter", "atrial fibrillation or flutter", "atrial fibrillation/flutter", "auricular fibrillation"],
        [ConditionNames.Stroke] =
        [
            "ischaemic stroke", "ischemic stroke", "cerebrovascular accident", "cva", "transient ischaemic attack", "transient ischemic attack",
            "tia", "stroke or transient ischaemic attack", "stroke or transient ischemic attack",
        ],
        [ConditionNames.OrthopaedicSurgery] =
        [
            "orthopedic surgery", "post-orthopaedic", "post-orthopedic", "post orthopaedic", "post orthopedic", "orthopaedic procedure",
            "orthopedic procedure", "joint replacement", "hip replacement", "knee replacement", "major orthopaedic surgery",
            "major orthopedic surgery",
        ],
    }
        .SelectMany(entry => entry.Value.Prepend(entry.Key).Select(term => (Term: term, Name: entry.Key)))
        .ToFrozenDictionary(pair => pair.Term, pair => pair.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The canonical name that a term stands for, or null.</summary>
    public static string? Find(string term) => Names.GetValueOrDefault(term.Trim());
}
