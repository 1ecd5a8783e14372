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
    private readonly Dictionary<string, JsonElement> _members;
    private readonly List<string> _read = [];

    private JsonObjectReader(JsonElement value, string pointer, FaultList faults)
    {
        _pointer = pointer;
        _faults = faults;
        _members = new Dictionary<string, JsonElement>(value.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (NameOf(property, pointer, faults) is { } name && !_members.TryAdd(name, property.Value))
                RefuseRepeated(name, pointer, faults);
        }
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
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (read(element, JsonPointer.Element(pointer, index++)) is { } item)
                items.Add(item);
        }

        return items;
    }

    /// <summary>An object used as a map, each value read by <paramref name="read"/>.</summary>
    public IReadOnlyDictionary<string, T>? Map<T>(string name, int maxMembers, Func<JsonElement, string, T?> read)
        where T : class =>
        OpenMap(name, out var value, out var pointer) ? ReadMap(value, pointer, maxMembers, read) : null;

    /// <summary>An object used as a map of numbers, each read by <paramref name="read"/>.</summary>
    public IReadOnlyDictionary<string, double>? Numbers(string name, int maxMembers, Func<JsonElement, string, double?> read) =>
        OpenMap(name, out var value, out var pointer) ? ReadNumbers(value, pointer, maxMembers, read) : null;

    /// <summary>Records a fault for every member that was not asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in _members.Keys)
        {
            if (_read.Contains(name))
                continue;
            var known = string.Join(", ", _read.Distinct().Order(StringComparer.Ordinal));
            _faults.Add(JsonPointer.Member(_pointer, name), $"Unknown member. Known here: {known}.");
        }
    }

    private bool OpenMap(string name, out JsonElement value, out string pointer)
    {
        if (!Find(name, out value, out pointer))
            return false;
        if (value.ValueKind == JsonValueKind.Object)
            return true;
        _faults.Add(pointer, $"Must be an object, not {JsonScalars.Describe(value)}.");
        return false;
    }

    private Dictionary<string, T>? ReadMap<T>(JsonElement value, string pointer, int maxMembers, Func<JsonElement, string, T?> read)
        where T : class
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        return ReadMembers(value, pointer, maxMembers, Add) ? map : null;

        void Add(string key, JsonElement member, string memberPointer)
        {
            if (read(member, memberPointer) is { } item)
                map.Add(key, item);
        }
    }

    private Dictionary<string, double>? ReadNumbers(
        JsonElement value, string pointer, int maxMembers, Func<JsonElement, string, double?> read)
    {
        var map = new Dictionary<string, double>(StringComparer.Ordinal);
        return ReadMembers(value, pointer, maxMembers, Add) ? map : null;

        void Add(string key, JsonElement member, string memberPointer)
        {
            if (read(member, memberPointer) is { } number)
                map.Add(key, number);
        }
    }

    /// <summary>Hands over every member of an object; false when there are too many.</summary>
    private bool ReadMembers(JsonElement value, string pointer, int maxMembers, Action<string, JsonElement, string> add)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (NameOf(property, pointer, _faults) is not { } name)
                continue;
            if (!seen.Add(name))
            {
                RefuseRepeated(name, pointer, _faults);
                continue;
            }

            if (seen.Count > maxMembers)
            {
                _faults.Add(pointer, $"Must have at most {maxMembers} members.");
                return false;
            }

            add(name, property.Value, JsonPointer.Member(pointer, name));
        }

        return true;
    }

    private static void RefuseRepeated(string name, string pointer, FaultList faults) =>
        faults.Add(JsonPointer.Member(pointer, name), "Stands more than once.");

    private static string? NameOf(JsonProperty property, string pointer, FaultList faults)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            faults.Add(pointer, "A member's name holds an incomplete surrogate pair, which is not valid Unicode.");
            return null;
        }
    }

    private bool Find(string name, out JsonElement value, out string pointer)
    {
        _read.Add(name);
        var isThere = _members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
        pointer = isThere ? JsonPointer.Member(_pointer, name) : "";
        return isThere;
    }
}
