using System.Text.Json.Nodes;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>
/// Finds what of a changed description would break a program that was written against the earlier one. Requests must stay acceptable, so
/// they may only be loosened; answers must stay readable, so they may only be tightened or get new members.
/// </summary>
internal sealed class BreakingChanges
{
    private readonly JsonObject _before;
    private readonly JsonObject _after;
    private readonly List<string> _found = [];

    private BreakingChanges(JsonObject before, JsonObject after) => (_before, _after) = (before, after);

    public static IReadOnlyList<string> Between(JsonObject before, JsonObject after)
    {
        var changes = new BreakingChanges(before, after);
        changes.ComparePaths();
        return changes._found;
    }

    private void ComparePaths()
    {
        foreach (var (path, methods) in Members(_before["paths"]))
        {
            foreach (var (method, operation) in Members(methods))
            {
                var name = $"{method.ToUpperInvariant()} {path}";
                if (_after["paths"]?[path]?[method] is { } now)
                    CompareOperation(name, operation!, now);
                else
                    _found.Add($"{name} is gone");
            }
        }
    }

    private void CompareOperation(string name, JsonNode before, JsonNode after)
    {
        if ((string?)before["operationId"] != (string?)after["operationId"])
            _found.Add($"{name} has another operationId");
        CompareParameters(name, Parameters(before), Parameters(after));
        foreach (var (mediaType, content) in Members(before["requestBody"]?["content"]))
        {
            if (after["requestBody"]?["content"]?[mediaType] is { } now)
                Comparison(forRequest: true).Compare($"{name} request", content!["schema"], now["schema"]);
            else
                _found.Add($"{name} no longer takes {mediaType}");
        }

        foreach (var (status, response) in Members(before["responses"]).Where(static response => response.Key[0] == '2'))
        {
            foreach (var (mediaType, content) in Members(response!["content"]))
            {
                if (after["responses"]?[status]?["content"]?[mediaType] is { } now)
                    Comparison(forRequest: false).Compare($"{name} {status}", content!["schema"], now["schema"]);
                else
                    _found.Add($"{name} no longer answers {status} as {mediaType}");
            }
        }
    }

    private void CompareParameters(string name, Dictionary<string, JsonNode> before, Dictionary<string, JsonNode> after)
    {
        foreach (var (parameter, was) in before)
        {
            if (!after.TryGetValue(parameter, out var now))
                _found.Add($"{name} no longer knows {parameter}");
            else
                Comparison(forRequest: true).Compare($"{name} {parameter}", was["schema"], now["schema"]);
        }

        foreach (var (parameter, now) in after)
        {
            if ((bool?)now["required"] == true && (!before.TryGetValue(parameter, out var was) || (bool?)was["required"] != true))
                _found.Add($"{name} requires {parameter}");
        }
    }

    private SchemaComparison Comparison(bool forRequest) => new(_before, _after, forRequest, _found);

    private static Dictionary<string, JsonNode> Parameters(JsonNode operation) =>
        (operation["parameters"]?.AsArray() ?? []).ToDictionary(static parameter => $"{parameter!["in"]} {parameter["name"]}", static parameter => parameter!);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node?.AsObject() ?? [];
}
