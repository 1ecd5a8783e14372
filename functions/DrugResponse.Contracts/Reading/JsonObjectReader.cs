using System.Text.Json;

namespace DrugResponse.Contracts.Reading;

/// <summary>
/// Reads the members of one JSON object by name. What is absent, or does not fit, comes back as null; what does not fit,
/// stands twice or was never asked for becomes a fault.
/// </summary>
/// <remarks>
/// A JSON <c>null</c> counts as absent. Unknown members are faults and not ignored, since a misspelt gene must not turn
/// into "genotype missing"; <see cref="RefuseUnknown"/> says so once all known ones were read.
/// </remarks>
internal sealed class JsonObjectReader
{
    private readonly string _pointer;
    private readonly FaultList _faults;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private JsonObjectReader(JsonElement value, string pointer, FaultList faults)
    {
        _pointer = pointer;
        _faults = faults;
        foreach (var (name, member) in Members(value, pointer, faults))
            _members.Add(name, member);
    }

    /// <summary>A reader of <paramref name="value"/>, or null and a fault when it is no object.</summary>
    public static JsonObjectReader? Open(JsonElement value, string pointer, FaultList faults)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return new(value, pointer, faults);
        faults.Add(pointer, $"Must be an object, not {JsonScalars.Describe(value)}.");
        return null;
    }

    /// <summary>Whether the object has the member, fitting or not.</summary>
    public bool Has(string name) => _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name, int maxLength, bool multiline = false) =>
        Find(name, out var value, out var pointer) ? JsonScalars.Text(value, pointer, _faults, maxLength, multiline) : null;

    /// <summary>A word of lower-case ASCII letters, digits and hyphens.</summary>
    public string? Token(string name, int maxLength) =>
        Find(name, out var value, out var pointer) ? JsonScalars.Token(value, pointer, _faults, maxLength) : null;

    public double? Number(string name, double min, double max) =>
        Find(name, out var value, out var pointer) ? JsonScalars.Number(value, pointer, _faults, min, max) : null;

    public bool? Boolean(string name) =>
        Find(name, out var value, out var pointer) ? JsonScalars.Boolean(value, pointer, _faults) : null;

    public DateOnly? Date(string name) =>
        Find(name, out var value, out var pointer) ? JsonScalars.Date(value, pointer, _faults) : null;

    public DateTimeOffset? Instant(string name) =>
        Find(name, out var value, out var pointer) ? JsonScalars.Instant(value, pointer, _faults) : null;

    /// <summary>One of a closed list of words.</summary>
    public string? Choice(string name, params ReadOnlySpan<string> allowed)
    {
        if (!Find(name, out var value, out var pointer))
            return null;
        if (value.ValueKind == JsonValueKind.String && JsonScalars.Decode(value) is { } text && allowed.Contains(text))
            return text;
        _faults.Add(pointer, $"Must be one of: {string.Join(", ", allowed.ToArray())}.");
        return null;
    }

    /// <summary>A member that is itself an object.</summary>
    public JsonObjectReader? Object(string name) =>
        Find(name, out var value, out var pointer) ? Open(value, pointer, _faults) : null;

    /// <summary>An array, each element read by <paramref name="read"/>; elements that do not fit are left out.</summary>
    public IReadOnlyList<T>? Array<T>(string name, int maxItems, Func<JsonElement, string, T?> read)
        where T : class
    {
        if (!Find(name, out var value, out var pointer))
            return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            _faults.Add(pointer, $"Must be an array, not {JsonScalars.Describe(value)}.");
            return null;
        }

        if (value.GetArrayLength() > maxItems)
        {
            _faults.Add(pointer, $"Must have at most {maxItems} elements; it has {value.GetArrayLength()}.");
            return null;
        }

        var items = new List<T>(value.GetArrayLength());
        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            if (read(element, JsonPointer.Element(pointer, index)) is { } item)
                items.Add(item);
        }

        return items;
    }

    /// <summary>An object used as a map, each value read by <paramref name="read"/>.</summary>
    public IReadOnlyDictionary<string, T>? Map<T>(string name, int maxMembers, Func<JsonElement, string, T?> read)
        where T : class
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        return ReadMembers(name, maxMembers, Add) ? map : null;

        void Add(string key, JsonElement value, string pointer)
        {
            if (read(value, pointer) is { } item)
                map.Add(key, item);
        }
    }

    /// <summary>An object used as a map of numbers, each read by <paramref name="read"/>.</summary>
    public IReadOnlyDictionary<string, double>? Numbers(string name, int maxMembers, Func<JsonElement, string, double?> read)
    {
        var map = new Dictionary<string, double>(StringComparer.Ordinal);
        return ReadMembers(name, maxMembers, Add) ? map : null;

        void Add(string key, JsonElement value, string pointer)
        {
            if (read(value, pointer) is { } number)
                map.Add(key, number);
        }
    }

    /// <summary>Records a fault for every member that was not asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in _members.Keys)
        {
            if (!_read.Contains(name))
                _faults.Add(JsonPointer.Member(_pointer, name), $"Unknown member. Known here: {string.Join(", ", _read.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>Hands over every member of the object of that name; false when there is none, or it does not fit.</summary>
    private bool ReadMembers(string name, int maxMembers, Action<string, JsonElement, string> add)
    {
        if (!Find(name, out var value, out var pointer))
            return false;
        if (value.ValueKind != JsonValueKind.Object)
        {
            _faults.Add(pointer, $"Must be an object, not {JsonScalars.Describe(value)}.");
            return false;
        }

        var count = 0;
        foreach (var (key, member) in Members(value, pointer, _faults))
        {
            if (count++ == maxMembers)
            {
                _faults.Add(pointer, $"Must have at most {maxMembers} members.");
                return false;
            }

            add(key, member, JsonPointer.Member(pointer, key));
        }

        return true;
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string pointer, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var name = NameOf(property);
            if (name is null)
                faults.Add(pointer, "A member's name holds an incomplete surrogate pair, which is not valid Unicode.");
            else if (seen.Add(name))
                yield return (name, property.Value);
            else
                faults.Add(JsonPointer.Member(pointer, name), "Stands more than once.");
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool Find(string name, out JsonElement value, out string pointer)
    {
        _read.Add(name);
        pointer = JsonPointer.Member(_pointer, name);
        return _members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
