using System.Collections.Frozen;

namespace DrugResponse.Prediction.Patients;

/// <summary>Finds the condition that a record's words stand for.</summary>
internal static class ConditionTerms
{
    private static readonly FrozenDictionary<string, string> Names = ConditionWords.All
        .SelectMany(static entry => entry.Value.Prepend(entry.Key).Select(term => (Term: TermText.Normalise(term), Name: entry.Key)))
        .ToFrozenDictionary(static pair => pair.Term, static pair => pair.Name, StringComparer.Ordinal);

    /// <summary>The canonical name that a term stands for, or null.</summary>
    public static string? Find(string term) => Names.GetValueOrDefault(TermText.Normalise(term));
}
