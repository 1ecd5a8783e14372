using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Tests.Support;
using Json.Schema;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>The API's description, as a test asks things of it.</summary>
internal sealed class DescribedApi
{
    private const string References = "#/components/schemas/";
    private const string Definitions = "$defs";

    private DescribedApi(JsonObject document) => Document = document;

    public JsonObject Document { get; }

    public IEnumerable<DescribedOperation> Operations =>
        from path in Document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select new DescribedOperation(path.Key, method.Key.ToUpperInvariant(), method.Value!.AsObject());

    /// <summary>Every member of every schema, as <c>Schema.member</c>.</summary>
    public IEnumerable<(string Name, JsonObject Schema)> Fields =>
        from schema in Document["components"]!["schemas"]!.AsObject()
        from member in schema.Value!["properties"]!.AsObject()
        select ($"{schema.Key}.{member.Key}", member.Value!.AsObject());

    public static async Task<DescribedApi> OfAsync(WholeApp app) =>
        new(JsonNode.Parse(await app.Service<ApiDocument>().ReadAsync())!.AsObject());

    /// <summary>Asserts that a value is what a schema of the document says, and has no member that the document does not tell of.</summary>
    /// <param name="schema">A schema in the document.</param>
    /// <param name="value">The value.</param>
    /// <param name="context">What the value is, for the message.</param>
    public void AssertValid(JsonNode schema, JsonNode? value, string context)
    {
        var definitions = Document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var (_, definition) in definitions)
            definition!["unevaluatedProperties"] ??= false;
        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", [Definitions] = definitions, ["allOf"] = new JsonArray(schema.DeepClone()) };
        var json = whole.ToJsonString().Replace(References, $"#/{Definitions}/", StringComparison.Ordinal);

        var result = Evaluate(JsonSchema.FromText(json), value);

        Assert.True(result.IsValid, $"{context}: {Describe(result)}");
    }

    public static EvaluationResults Evaluate(JsonSchema schema, JsonNode? value) => schema.Evaluate(
        JsonSerializer.SerializeToElement(value), new EvaluationOptions { OutputFormat = OutputFormat.List });

    public static string Describe(EvaluationResults result) => string.Join(
        "; ",
        (result.Details ?? [])
            .Where(static detail => detail.Errors is not null)
            // "null or this": the first choice says nothing.
            .Where(static detail => !$"{detail.EvaluationPath}".Contains("/oneOf/0", StringComparison.Ordinal))
            .SelectMany(static detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}"))
            .Take(10));
}

/// <summary>An operation of the description.</summary>
internal sealed record DescribedOperation(string Path, string Method, JsonObject Json)
{
    public string Id => (string)Json["operationId"]!;

    public JsonObject Responses => Json["responses"]!.AsObject();

    /// <summary>The schema of an answer.</summary>
    public JsonNode? SchemaOf(int status, string mediaType) => Responses[$"{status}"]?["content"]?[mediaType]?["schema"];

    public JsonObject? RequestContent(string mediaType) => Json["requestBody"]?["content"]?[mediaType]?.AsObject();
}
