using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>The words in which records state the conditions that features know.</summary>
internal static class ConditionTerms
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, IReadOnlyList<string>>
    {
        [ConditionNames.DiabetesMellitus] = ["diabetes", "dm", "type 1 diabetes", "type 2 diabetes", "type 1 diabetes mellitus", "type 2 diabetes mellitus", "t1dm", "t2dm"],
        [ConditionNames.HeartFailure] = ["congestive heart failure", "chf", "hf", "cardiac failure", "heart failure or cardiomyopathy"],
        [ConditionNames.Cardiomyopathy] = ["dilated cardiomyopathy", "left ventricular dilation", "lv dilation"],
        [ConditionNames.HeartValveReplacement] = ["heart valve", "valve replacement", "mechanical heart valve", "prosthetic heart valve", "artificial heart valve", "bioprosthetic heart valve"],
        [ConditionNames.VenousThromboembolism] =
        [
            "vte", "deep vein thrombosis", "deep venous thrombosis", "dvt", "pulmonary embolism", "pe",
            "deep vein thrombosis or pulmonary embolism", "thromboembolism",
        ],
        [ConditionNames.AtrialFibrillation] = ["af", "afib", "atrial flutter", "atrial fibrillation or flutter", "atrial fibrillation/flutter", "auricular fibrillation"],
        [ConditionNames.Stroke] = ["ischaemic stroke", "ischemic stroke", "cerebrovascular accident", "cva", "transient ischaemic attack", "transient ischemic attack", "tia"],
        [ConditionNames.OrthopaedicSurgery] =
        [
            "orthopedic surgery", "post-orthopaedic", "post-orthopedic", "orthopaedic procedure", "orthopedic procedure", "joint replacement",
            "hip replacement", "knee replacement", "major orthopaedic surgery", "major orthopedic surgery",
        ],
    }
        .SelectMany(entry => entry.Value.Prepend(entry.Key).Select(term => (Term: term, Name: entry.Key)))
        .ToFrozenDictionary(pair => pair.Term, pair => pair.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The canonical name that a term stands for, or null.</summary>
    public static string? Find(string term) => Names.GetValueOrDefault(term.Trim());
}
