using System.Text.Json.Nodes;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Queues;
using Json.Schema;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>The description is well-formed, and says of every operation and every field what a caller must know.</summary>
public sealed class DescriptionTests(SharedApp shared) : IClassFixture<SharedApp>
{
    // A number of these units has no bounds of its own.
    private static readonly HashSet<string> Unbounded =
        [UnitAttribute.Scale, UnitAttribute.OfTheAnswer, UnitAttribute.OfTheFeature, UnitAttribute.OfTheMeasurement];

    [Fact]
    public async Task Is_valid_openapi_3_1_over_http()
    {
        using var http = new HttpClient { BaseAddress = shared.App.Address };
        using var stream = typeof(DescriptionTests).Assembly.GetManifestResourceStream("openapi-3.1.schema.json")!;
        using var reader = new StreamReader(stream);
        // The validator stumbles over a slash in a pattern; \x2f is one.
        var schema = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("\"^/\"", "\"^\\\\x2f\"", StringComparison.Ordinal);
        var metaSchema = JsonSchema.FromText(schema);

        var text = await http.GetStringAsync("/api/openapi/v1.json", TestContext.Current.CancellationToken);
        var result = DescribedApi.Evaluate(metaSchema, JsonNode.Parse(text));

        Assert.StartsWith("3.1.", (string?)JsonNode.Parse(text)!["openapi"], StringComparison.Ordinal);
        Assert.True(result.IsValid, DescribedApi.Describe(result));
    }

    [Fact]
    public async Task Has_schemas_that_are_valid_json_schema()
    {
        var api = await DescribedApi.OfAsync(shared.App);

        foreach (var (name, schema) in api.Document["components"]!["schemas"]!.AsObject())
        {
            var result = DescribedApi.Evaluate(MetaSchemas.Draft202012, schema);
            Assert.True(result.IsValid, $"{name}: {DescribedApi.Describe(result)}");
        }
    }

    [Fact]
    public async Task Describes_every_operation_with_its_answers_and_errors()
    {
        var api = await DescribedApi.OfAsync(shared.App);

        Assert.NotEmpty(api.Operations);
        Assert.All(api.Operations, static operation =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["summary"]), operation.Id);
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["description"]), operation.Id);
            Assert.Contains(operation.Responses, static response => response.Key == "204" || (response.Key[0] == '2' && response.Value!["content"] is not null));
            Assert.Contains("500", operation.Responses);
            Assert.All(operation.Responses, response =>
                Assert.False(string.IsNullOrWhiteSpace((string?)response.Value!["description"]), $"{operation.Id} {response.Key}"));
            Assert.All(operation.Json["parameters"]?.AsArray() ?? [], parameter =>
            {
                Assert.False(string.IsNullOrWhiteSpace((string?)parameter!["description"]), $"{operation.Id} {parameter["name"]}");
                Assert.NotNull(parameter["example"]);
            });
        });
    }

    [Fact]
    public async Task Says_of_every_operation_whom_it_is_for_and_how_that_is_refused()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var roles = shared.App.Service<EndpointDataSource>().Endpoints
            .Where(static endpoint => endpoint.Metadata.GetMetadata<FunctionMetadata>() is not null)
            .ToDictionary(
                static endpoint => endpoint.Metadata.GetMetadata<FunctionMetadata>()!.FunctionName,
                static endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Roles,
                StringComparer.Ordinal);

        Assert.Equal(["ApiKey", "Token"], api.Document["components"]!["securitySchemes"]!.AsObject().Select(static scheme => scheme.Key));
        Assert.All(api.Operations, operation =>
        {
            var described = operation.Json[AccessDetails.RolesKeyword]?.AsArray().Select(static role => (string)role!);
            Assert.Equal(roles[operation.Id], described is null ? null : string.Join(',', described));
            Assert.Equal(described is not null, operation.Json["security"] is JsonArray { Count: 2 });
            Assert.Equal(described is not null, operation.Responses.ContainsKey("401") && operation.Responses.ContainsKey("403"));
            Assert.Contains("429", operation.Responses);
        });
    }

    [Fact]
    public async Task Says_which_headers_every_answer_has()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        using var http = shared.App.ClientWith(null);
        using var response = await http.GetAsync("health/live", TestContext.Current.CancellationToken);

        Assert.All(AnswerHeaders.Everywhere, header => Assert.True(response.Headers.Contains(header.Name), header.Name));
        Assert.All(
            api.Operations.SelectMany(static operation => operation.Responses),
            static answer => Assert.All(AnswerHeaders.Everywhere, header => Assert.NotNull(answer.Value!["headers"]?[header.Name])));
    }

    [Fact]
    public async Task Gives_every_problem_as_an_example()
    {
        var api = await DescribedApi.OfAsync(shared.App);

        foreach (var operation in api.Operations)
        {
            foreach (var (status, response) in operation.Responses)
            {
                if (response!["content"]?["application/problem+json"] is not { } content)
                    continue;
                foreach (var (name, example) in content["examples"]!.AsObject())
                {
                    Assert.Equal(status, $"{example!["value"]!["status"]}");
                    api.AssertValid(content["schema"]!, example["value"], $"{operation.Id} {name}");
                }
            }
        }
    }

    [Fact]
    public async Task Describes_every_field_with_an_example_and_numbers_with_unit_and_range()
    {
        var api = await DescribedApi.OfAsync(shared.App);

        var faults = api.Fields.SelectMany(static field => FaultsOf(field.Schema).Select(fault => $"{field.Name} has no {fault}")).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Speaks_of_members_by_their_names_on_the_wire()
    {
        var api = await DescribedApi.OfAsync(shared.App);

        // C#'s own names, as in "string? Medication.RxNorm" or "IReadOnlyList".
        Assert.DoesNotMatch(@"[A-Z]\w+\.[A-Z]\w+\b(?<!DrugResponse\.\w+)|IReadOnly", api.Document.ToJsonString());
    }

    [Fact]
    public async Task Bounds_every_text_or_gives_a_reason_why_not()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var parameters =
            from operation in api.Operations
            from parameter in operation.Json["parameters"]?.AsArray() ?? []
            select ($"{operation.Id}.{parameter["name"]}", parameter["schema"]!.AsObject());

        var unbounded = api.Fields.Concat(parameters)
            .Where(static field => field.Item2.DescendantsAndSelf().Any(static schema => IsText(schema) && !IsBounded(schema)))
            .Select(static field => field.Item1)
            .ToList();

        Assert.Equal([], unbounded.Where(static name => !FreeTexts.Explain(name)));
        Assert.Equal([], FreeTexts.Names.Where(name => !unbounded.Any(found => FreeTexts.IsMeant(found, name))));
    }

    [Fact]
    public async Task Says_which_members_of_a_request_exclude_or_replace_each_other()
    {
        var schemas = (await DescribedApi.OfAsync(shared.App)).Document["components"]!["schemas"]!;

        Assert.Equal(
            PredictionRequestReader.NamingMembers,
            schemas["Medication"]!["oneOf"]!.AsArray().Select(static choice => (string)choice!["required"]![0]!));
        Assert.Equal(
            PredictionRequestReader.ScoringMembers,
            schemas["PredictionRequest"]!["anyOf"]!.AsArray().Select(static choice => (string)choice!["required"]![0]!));
    }

    [Fact]
    public async Task Is_written_for_callers_of_any_language()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var names = new[] { typeof(Program), typeof(PredictionRequestReader), typeof(PredictionRequests) }
            .SelectMany(static type => type.Assembly.GetTypes())
            .Select(static type => type.Name)
            .Where(static name => name.Skip(1).Any(char.IsAsciiLetterUpper) && name.All(char.IsAsciiLetterOrDigit))
            .ToHashSet(StringComparer.Ordinal);
        var texts = api.Document.DescendantsAndSelf()
            .SelectMany(static node => new[] { node["description"], node["summary"] })
            .OfType<JsonValue>()
            .Select(static text => (string)text!)
            .ToList();

        Assert.True(texts.Count > 300, $"There are {texts.Count} texts.");
        Assert.Equal([], texts.Where(text => text.Split(' ', '`', '.', ',', '(', ')', ';', ':').Any(names.Contains)));
        Assert.Equal([], texts.Where(static text => text.Contains("  ", StringComparison.Ordinal)));
        Assert.Equal([], texts.Where(static text => text.Contains("README", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Shows_of_every_success_and_every_location_what_belongs_to_it()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var successes = api.Operations.SelectMany(static operation => operation.Responses
            .Where(static response => response.Key[0] == '2')
            .Select(response => (Name: $"{operation.Id} {response.Key}", Response: response.Value!.AsObject())));

        foreach (var (name, response) in successes)
        {
            var resource = name.Contains("Batch", StringComparison.Ordinal) ? "batches" : "predictions";
            Assert.All(
                response["content"]?.AsObject() ?? [],
                content => Assert.True(content.Value!["example"] is not null, $"{name} {content.Key}"));
            if (response["headers"]?["Location"]?["example"] is { } location)
                Assert.StartsWith($"/api/v1/{resource}/", (string)location!, StringComparison.Ordinal);
        }
    }

    private static bool IsText(JsonObject schema) =>
        schema["type"] is JsonArray several ? several.Any(static type => (string?)type == "string") : $"{schema["type"]}" == "string";

    private static bool IsBounded(JsonObject schema) =>
        schema["maxLength"] is not null || schema["pattern"] is not null || schema["format"] is not null || schema["enum"] is not null;

    private static IEnumerable<string> FaultsOf(JsonObject field)
    {
        if (!field.DescendantsAndSelf().Any(static node => node["description"] is not null))
            yield return "description";
        var refersToSchema = field.DescendantsAndSelf().Any(static node => node["$ref"] is not null);
        if (!refersToSchema && field["examples"] is not JsonArray { Count: > 0 })
            yield return "example";
        if (!field.DescendantsAndSelf().Any(static node => IsNumber(node["type"])))
            yield break;
        var unit = (string?)field[SchemaDetails.UnitKeyword];
        if (unit is null)
            yield return "unit";
        else if (!Unbounded.Contains(unit) && !field.DescendantsAndSelf().Any(static node => (node["minimum"] ?? node["exclusiveMinimum"]) is not null))
            yield return "range";
    }

    private static bool IsNumber(JsonNode? type) =>
        type is JsonArray several ? several.Any(IsNumber) : type is JsonValue && (string?)type is "number" or "integer";
}

/// <summary>Walks JSON.</summary>
internal static class JsonWalk
{
    /// <summary>An object and all objects inside it, except those in examples.</summary>
    public static IEnumerable<JsonObject> DescendantsAndSelf(this JsonNode node) => node switch
    {
        JsonObject json => json.Where(static member => member.Key is not ("examples" or "example") && member.Value is not null)
            .SelectMany(static member => member.Value!.DescendantsAndSelf())
            .Prepend(json),
        JsonArray items => items.Where(static item => item is not null).SelectMany(static item => item!.DescendantsAndSelf()),
        _ => [],
    };
}
