using System.Text.Json.Nodes;

namespace DrugResponse.Functions.OpenApi;

/// <summary>
/// Puts the examples beside this file into the document: whole ones into requests and answers, and from there the value of each member as
/// the example of its field.
/// </summary>
internal static class DocumentExamples
{
    private const string Json = "application/json";
    private const string JsonLines = "application/x-ndjson";
    private const string Csv = "text/csv";

    // What is read back is what was answered.
    private static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal)
    {
        ["GetPrediction.200.json"] = "PredictPatient.201.json",
    };

    /// <summary>Adds them.</summary>
    /// <param name="document">The document, which is changed.</param>
    public static void AddTo(JsonObject document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var operation in Operations(document))
        {
            var id = (string)operation["operationId"]!;
            if (operation["requestBody"]?["content"]?[Json] is JsonObject request)
                Add(request, $"{id}.request.json", schemas);
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                if ((response!["content"]?[Json] ?? response["content"]?[JsonLines]) is JsonObject answer)
                    Add(answer, $"{id}.{status}.json", schemas);
                if (response["content"]?[Csv] is JsonObject table)
                    table["example"] = ReadText($"{id}.{status}.csv");
            }
        }

        AddFieldExamples(schemas);

        // The examples of problems stand in the operations already.
        foreach (var problem in Operations(document).SelectMany(Problems))
            Spread(problem, schemas["Problem"], schemas);
    }

    private static IEnumerable<JsonObject> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject()).Select(static member => member.Value).OfType<JsonObject>();

    private static IEnumerable<JsonNode?> Problems(JsonObject operation) =>
        operation["responses"]!.AsObject()
            .Select(static response => response.Value!["content"]?["application/problem+json"]?["examples"])
            .OfType<JsonObject>()
            .SelectMany(static examples => examples.Select(static example => example.Value!["value"]));

    // For members that are null in every whole example.
    private static void AddFieldExamples(JsonObject schemas)
    {
        foreach (var (schema, members) in Read("fields.json")!.AsObject())
        {
            foreach (var (name, value) in members!.AsObject())
                Give(schemas[schema]!["properties"]![name]!.AsObject(), value);
        }
    }

    private static JsonNode? Read(string file)
    {
        using var stream = Open(Shared.GetValueOrDefault(file, file));
        return stream is null ? null : JsonNode.Parse(stream);
    }

    private static string? ReadText(string file)
    {
        if (Open(file) is not { } stream)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\r\n");
    }

    private static Stream? Open(string file) => typeof(DocumentExamples).Assembly.GetManifestResourceStream($"Examples/{file}");

    private static void Add(JsonObject content, string file, JsonObject schemas)
    {
        if (Read(file) is not { } example)
            return;
        content["example"] = example;
        Spread(example, content["schema"], schemas);
    }

    private static void Spread(JsonNode? value, JsonNode? schema, JsonObject schemas)
    {
        if (value is null || Resolve(schema, schemas) is not { } resolved)
            return;
        switch (value)
        {
            case JsonArray items:
                foreach (var item in items)
                    Spread(item, resolved["items"], schemas);
                break;
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    if (resolved["properties"]?[name] is JsonObject property)
                        Give(property, member);
                    Spread(member, resolved["properties"]?[name] ?? resolved["additionalProperties"], schemas);
                }

                break;
        }
    }

    // Objects that have a schema of their own show the examples of their members; the first value that is not null is taken.
    private static void Give(JsonObject property, JsonNode? value)
    {
        if (value is null or JsonArray { Count: 0 } || property.ContainsKey("examples") || References(property))
            return;
        property["examples"] = new JsonArray(value is JsonArray { Count: > 2 } many
            ? new JsonArray([.. many.Take(2).Select(static item => item?.DeepClone())])
            : value.DeepClone());
    }

    private static bool References(JsonObject property) =>
        property.ContainsKey("$ref") || property.ContainsKey("oneOf") || property["items"]?["$ref"] is not null;

    private static JsonNode? Resolve(JsonNode? schema, JsonObject schemas)
    {
        if (schema is not JsonObject found)
            return null;
        if (found["$ref"] is { } reference)
            return schemas[((string)reference!).Split('/')[^1]];
        return found["oneOf"] is JsonArray choices && choices.FirstOrDefault(static choice => choice?["$ref"] is not null) is { } choice
            ? Resolve(choice, schemas)
            : found;
    }
}
