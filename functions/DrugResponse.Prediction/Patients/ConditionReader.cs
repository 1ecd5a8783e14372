using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Prediction.Patients;

/// <summary>Finds out which conditions a request says hold, and which it says do not.</summary>
internal static class ConditionReader
{
    /// <summary>
    /// Reads the list. Of a condition that holds by one entry and does not by another the later entry is a fault; an entry that is not
    /// known is reported.
    /// </summary>
    public static StatedConditions Read(IReadOnlyList<string>? terms, FaultList faults, List<Warning> warnings)
    {
        if (terms is null)
            return new StatedConditions(null, []);
        var stated = new Dictionary<string, (bool IsPresent, int Index)>(StringComparer.Ordinal);
        for (var index = 0; index < terms.Count; index++)
        {
            var term = terms[index];
            if (ConditionTerms.Find(term) is not { } statement)
                warnings.Add(Unknown(term, index));
            else if (stated.TryGetValue(statement.Name, out var earlier) && earlier.IsPresent != statement.IsPresent)
                faults.Add(PathOf(index), $"Says the opposite of {PathOf(earlier.Index)}.");
            else
                stated.TryAdd(statement.Name, (statement.IsPresent, index));
        }

        var (present, absent) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (name, (isPresent, _)) in stated)
            (isPresent ? present : absent).Add(name);
        return new StatedConditions(present, absent);
    }

    private static Warning Unknown(string term, int index) =>
        new(WarningCodes.UnknownCondition, PathOf(index), $"The condition '{term}' is not known and was ignored.");

    private static string PathOf(int index) => $"/conditions/{index}";
}

/// <summary>What a list of conditions says.</summary>
/// <param name="Present">Canonical names of those that hold; null when no list was given.</param>
/// <param name="Absent">Canonical names of those that do not.</param>
internal sealed record StatedConditions(HashSet<string>? Present, HashSet<string> Absent);
