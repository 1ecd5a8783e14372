using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>
/// Holds the description against the one that callers have. Set <c>RENEW_OPENAPI=1</c> to take over additions, <c>RENEW_OPENAPI=breaking</c>
/// to break with callers on purpose; either writes the snapshot beside this file anew.
/// </summary>
public sealed class CompatibilityTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string RenewVariable = "RENEW_OPENAPI";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string SnapshotPath = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(CompatibilityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == "OpenApiSnapshot").Value!));

    public static TheoryData<string, string, string> Breaks =>
    [
        new("An operation is gone", "/paths/~1api~1v1~1predictions/post", ""),
        new("A parameter is gone", "/paths/~1api~1v1~1patients~1{patientKey}~1predictions/get/parameters/1", ""),
        new("A parameter is now needed", "/paths/~1api~1v1~1predictions/post/parameters/0/required", "true"),
        new("A media type is no longer taken", "/paths/~1api~1v1~1genotypes~1translate/post/requestBody/content/text~1vcf", ""),
        new("An answer is gone", "/paths/~1api~1v1~1genes/get/responses/200", ""),
        new("A request member is gone", "/components/schemas/Patient/properties/smoker", ""),
        new("A request member is needed", "/components/schemas/Medication/required", """["drug"]"""),
        new("A request member takes fewer types", "/components/schemas/Patient/properties/smoker/type", "\"boolean\""),
        new("A request member takes fewer values", "/components/schemas/Patient/properties/sex/enum", """["female"]"""),
        new("A request member has a narrower range", "/components/schemas/Patient/properties/ageYears/maximum", "110"),
        new("A request member takes shorter texts", "/components/schemas/Patient/properties/id/maxLength", "255"),
        new("A request member takes fewer entries", "/components/schemas/Genotype/properties/variants/maxProperties", "9999"),
        new("A parameter takes other characters", "/paths/~1api~1v1~1batches~1{batchId}/get/parameters/0/schema/pattern", "\"^[0-9]+$\""),
        new("A request member has another unit", "/components/schemas/Patient/properties/weightKg/x-unit", "\"lb\""),
        new("An answer's member is gone", "/components/schemas/PredictionInterval/properties/level", ""),
        new("An answer's member may be missing", "/components/schemas/PredictionInterval/required", """["low","high"]"""),
        new("An answer's member has another type", "/components/schemas/FeatureContribution/properties/contribution/type", """["number","null"]"""),
        new("An answer's member has other values", "/components/schemas/CheckAnswer/properties/status/enum", """["ready","degraded","not-ready","?"]"""),
    ];

    [Fact]
    public async Task Nothing_that_callers_rely_on_has_changed_without_intent()
    {
        var now = (await DescribedApi.OfAsync(shared.App)).Document;
        var renew = Environment.GetEnvironmentVariable(RenewVariable);
        var snapshot = File.Exists(SnapshotPath) ? await ReadAsync() : now;

        var changes = BreakingChanges.Between(snapshot, now);

        Assert.True(
            changes.Count == 0 || renew == "breaking",
            $"This breaks callers (set {RenewVariable}=breaking if it must be):\n{string.Join('\n', changes)}");
        if (renew is not null)
            await File.WriteAllTextAsync(SnapshotPath, $"{now.ToJsonString(Indented)}\n", TestContext.Current.CancellationToken);
        Assert.True(
            JsonNode.DeepEquals(await ReadAsync(), now),
            $"The description differs from {Path.GetFileName(SnapshotPath)}. Set {RenewVariable}=1 in a run of this test to take the additions over.");
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Is_told_of_a_break(string what, string pointer, string value)
    {
        var before = (await DescribedApi.OfAsync(shared.App)).Document;
        var after = before.DeepClone().AsObject();
        Change(after, pointer, value.Length == 0 ? null : JsonNode.Parse(value));

        Assert.True(BreakingChanges.Between(before, after).Count > 0, what);
    }

    [Theory]
    [InlineData("/components/schemas/Patient/properties/new", """{ "type": ["null", "string"] }""")]
    [InlineData("/components/schemas/PredictionInterval/properties/new", """{ "type": "string" }""")]
    [InlineData("/components/schemas/Patient/properties/ageYears/maximum", "130")]
    [InlineData("/paths/~1api~1v1~1new", "{}")]
    [InlineData("/paths/~1api~1v1~1genes/get/summary", "\"Other words\"")]
    public async Task Lets_additions_pass(string pointer, string value)
    {
        var before = (await DescribedApi.OfAsync(shared.App)).Document;
        var after = before.DeepClone().AsObject();
        Change(after, pointer, JsonNode.Parse(value));

        Assert.Empty(BreakingChanges.Between(before, after));
    }

    private static async Task<JsonObject> ReadAsync() =>
        JsonNode.Parse(await File.ReadAllTextAsync(SnapshotPath, TestContext.Current.CancellationToken))!.AsObject();

    private static void Change(JsonObject document, string pointer, JsonNode? value)
    {
        var tokens = pointer.Split('/')[1..].Select(static token => token.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
        JsonNode parent = document;
        foreach (var token in tokens[..^1])
            parent = (parent is JsonArray items ? items[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)] : parent[token])!;

        if (parent is JsonArray array)
            array.RemoveAt(int.Parse(tokens[^1], System.Globalization.CultureInfo.InvariantCulture));
        else if (value is null)
            Assert.True(parent.AsObject().Remove(tokens[^1]), $"There is no {pointer}.");
        else
            parent[tokens[^1]] = value;
    }
}
