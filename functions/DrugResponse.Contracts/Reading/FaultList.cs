namespace DrugResponse.Contracts.Reading;

/// <summary>
/// All faults of one request, each with the JSON pointer of the place it is about. Not thread-safe: one list belongs to
/// the reading of one request.
/// </summary>
public sealed class FaultList
{
    /// <summary>Faults kept; a request with more is reported with this many and a count of the rest.</summary>
    public const int MaxKept = 200;

    private readonly List<KeyValuePair<string, string>> _faults = [];
    private int _dropped;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Records a fault.</summary>
    /// <param name="path">JSON pointer (RFC 6901); the empty string is the whole document.</param>
    /// <param name="message">What is wrong and what is expected. It is sent to the caller and may be stored with a failed
    /// message, so it never holds a value that can describe a patient.</param>
    public void Add(string path, string message)
    {
        if (_faults.Count < MaxKept)
            _faults.Add(new(path, message));
        else
            _dropped++;
    }

    /// <summary>The faults as the <c>errors</c> member of a problem has them: pointer to messages.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ToErrors()
    {
        var errors = _faults
            .GroupBy(fault => fault.Key, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                IReadOnlyList<string> (group) => [.. group.Select(fault => fault.Value).Distinct(StringComparer.Ordinal)],
                StringComparer.Ordinal);
        if (_dropped > 0)
        {
            var note = $"There are {_dropped} more faults, which are not listed.";
            errors[""] = errors.TryGetValue("", out var whole) ? [.. whole, note] : [note];
        }

        return errors;
    }
}
