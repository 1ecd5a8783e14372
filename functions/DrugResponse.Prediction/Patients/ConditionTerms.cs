using System.Collections.Frozen;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// Finds what a record's words say of a condition: its name or a word for it, an opposite, or either kind of negation: before the word
/// (<c>no heart failure</c>, <c>not diabetic</c>, <c>without cirrhosis</c>) or behind it (<c>MRD negative</c>, <c>stroke: no</c>,
/// <c>cirrhosis absent</c>).
/// </summary>
internal static class ConditionTerms
{
    private static readonly string[] NegationsBefore = ["no history of ", "no ", "not ", "without "];
    private static readonly string[] NegationsBehind = [" negative", " absent"];
    private static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet(["no", "none", "not present", "absent", "negative"]);
    private static readonly FrozenSet<string> Assertions = FrozenSet.ToFrozenSet(["yes", "present", "positive"]);

    private static readonly FrozenDictionary<string, string> Names = ConditionWords.All
        .SelectMany(static entry => entry.Value.Prepend(entry.Key).Select(term => (Term: TermText.Normalise(term), Name: entry.Key)))
        .ToFrozenDictionary(static pair => pair.Term, static pair => pair.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Opposites = ConditionOpposites.All
        .SelectMany(static entry => entry.Value.Select(term => (Term: TermText.Normalise(term), Name: entry.Key)))
        .ToFrozenDictionary(static pair => pair.Term, static pair => pair.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Narrow =
        NarrowConditionWords.All.Select(static term => TermText.Normalise(term)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a term says, or null when it is not known.</summary>
    public static ConditionStatement? Find(string term)
    {
        var text = TermText.Normalise(term);
        if (Names.TryGetValue(text, out var name))
            return new ConditionStatement(name, IsPresent: true);
        if (Opposites.TryGetValue(text, out name))
            return new ConditionStatement(name, IsPresent: false);
        return text.LastIndexOf(':') is var colon and > 0
            ? FindAnswer(text[..colon].TrimEnd(), text[(colon + 1)..].TrimStart())
            : FindNegation(text);
    }

    private static ConditionStatement? FindAnswer(string condition, string answer)
    {
        if (Denials.Contains(answer))
            return Deny(condition);
        return Assertions.Contains(answer) && Names.TryGetValue(condition, out var name)
            ? new ConditionStatement(name, IsPresent: true)
            : null;
    }

    private static ConditionStatement? FindNegation(string text)
    {
        foreach (var before in NegationsBefore)
        {
            if (text.StartsWith(before, StringComparison.Ordinal) && Deny(text[before.Length..]) is { } denied)
                return denied;
        }

        foreach (var behind in NegationsBehind)
        {
            if (text.EndsWith(behind, StringComparison.Ordinal) && Deny(text[..^behind.Length]) is { } denied)
                return denied;
        }

        return null;
    }

    private static ConditionStatement? Deny(string condition) =>
        Names.TryGetValue(condition, out var name) && !Narrow.Contains(condition) ? new ConditionStatement(name, IsPresent: false) : null;
}

/// <summary>What a term says of a condition.</summary>
/// <param name="Name">Canonical name.</param>
/// <param name="IsPresent">Whether it holds.</param>
internal readonly record struct ConditionStatement(string Name, bool IsPresent);
