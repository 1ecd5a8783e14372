using System.Globalization;
using System.Text.Json.Nodes;
using DrugResponse.Functions.OpenApi;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>Compares two schemas, each in its own document, in one direction: what callers send, or what they get.</summary>
internal sealed class SchemaComparison(JsonObject before, JsonObject after, bool forRequest, List<string> found)
{
    private readonly HashSet<string> _seen = [];

    public void Compare(string name, JsonNode? was, JsonNode? now)
    {
        // Schemas refer to each other, and may do so in a circle.
        if ((string?)was?["$ref"] is { } reference && !_seen.Add(reference))
            return;
        if (Resolve(was, before) is not JsonObject old)
            return;
        if (Resolve(now, after) is not JsonObject changed)
        {
            found.Add($"{name} is no longer described");
            return;
        }

        CompareTypes(name, Types(old), Types(changed));
        CompareValues(name, Enum(old), Enum(changed));
        CompareBounds(name, old, changed);
        CompareMembers(name, old, changed);
        if (old["items"] is { } items)
            Compare($"{name}[]", items, changed["items"]);
        if (old["additionalProperties"] is JsonObject values)
            Compare($"{name}{{}}", values, changed["additionalProperties"]);
    }

    private void CompareTypes(string name, HashSet<string> was, HashSet<string> now)
    {
        // No type at all means any.
        var narrowed = now.Count > 0 && (was.Count == 0 || !was.IsSubsetOf(now));
        var widened = was.Count > 0 && (now.Count == 0 || !now.IsSubsetOf(was));
        if (forRequest ? narrowed : widened)
            found.Add($"{name} is {Show(now)} instead of {Show(was)}");
    }

    private void CompareValues(string name, HashSet<string>? was, HashSet<string>? now)
    {
        var narrowed = now is not null && (was is null || !was.IsSubsetOf(now));
        var widened = was is not null && (now is null || !now.IsSubsetOf(was));
        if (forRequest ? narrowed : widened)
            found.Add($"{name} has other values");
    }

    private void CompareBounds(string name, JsonObject was, JsonObject now)
    {
        if ((string?)was[SchemaDetails.UnitKeyword] != (string?)now[SchemaDetails.UnitKeyword])
            found.Add($"{name} is in {now[SchemaDetails.UnitKeyword]} instead of {was[SchemaDetails.UnitKeyword]}");
        if ((string?)was["format"] != (string?)now["format"])
            found.Add($"{name} has the format {now["format"]} instead of {was["format"]}");
        if (!forRequest)
            return;
        // Of two patterns nobody can say which lets more pass; so it is with what must be given.
        foreach (var keyword in (string[])["pattern", "anyOf"])
        {
            if (now[keyword] is { } wanted && !JsonNode.DeepEquals(was[keyword], wanted))
                found.Add($"{name} has the {keyword} {wanted.ToJsonString()}");
        }

        foreach (var keyword in (string[])["minimum", "exclusiveMinimum", "minItems", "minProperties", "minLength"])
        {
            if (Number(now[keyword]) > (Number(was[keyword]) ?? double.NegativeInfinity))
                found.Add($"{name} has {keyword} {now[keyword]}");
        }

        foreach (var keyword in (string[])["maximum", "maxItems", "maxProperties", "maxLength"])
        {
            if (Number(now[keyword]) < (Number(was[keyword]) ?? double.PositiveInfinity))
                found.Add($"{name} has {keyword} {now[keyword]}");
        }
    }

    private void CompareMembers(string name, JsonObject was, JsonObject now)
    {
        foreach (var (member, schema) in was["properties"]?.AsObject() ?? [])
        {
            if (now["properties"]?[member] is { } there)
                Compare($"{name}.{member}", schema, there);
            else
                found.Add($"{name}.{member} is gone");
        }

        var (required, requires) = (Required(was), Required(now));
        if (forRequest)
            found.AddRange(requires.Except(required).Select(member => $"{name} requires {member}"));
        else
            found.AddRange(required.Except(requires).Select(member => $"{name} may lack {member}"));
    }

    private static JsonNode? Resolve(JsonNode? schema, JsonObject document)
    {
        if ((string?)schema?["$ref"] is { } reference)
            return document["components"]!["schemas"]![reference.Split('/')[^1]];
        // "null or this" is told by the types; what "this" is, by its schema.
        if (schema?["oneOf"] is JsonArray choices && choices.FirstOrDefault(static choice => choice?["$ref"] is not null) is { } choice)
        {
            var resolved = Resolve(choice, document)!.DeepClone().AsObject();
            resolved["type"] = new JsonArray("null", "object");
            return resolved;
        }

        return schema;
    }

    private static HashSet<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(static type => (string)type!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private static HashSet<string>? Enum(JsonObject schema) =>
        schema["enum"] is JsonArray values ? [.. values.Select(static value => $"{value}")] : null;

    private static HashSet<string> Required(JsonObject schema) => [.. (schema["required"]?.AsArray() ?? []).Select(static name => (string)name!)];

    private static double? Number(JsonNode? node) => node is null ? null : double.Parse($"{node}", CultureInfo.InvariantCulture);

    private static string Show(HashSet<string> types) => types.Count == 0 ? "anything" : string.Join(" or ", types.Order(StringComparer.Ordinal));
}
