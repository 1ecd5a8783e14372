using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Access;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>
/// The limits that the description states are those that the app keeps: what is at one is taken, what is one past it is not.
/// </summary>
public sealed class LimitTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string TooLong = "at most";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Patient.id", "/patient/id")]
    [InlineData("Patient.ancestry", "/patient/ancestry")]
    [InlineData("PredictionRequest.requestId", "/requestId")]
    [InlineData("PredictionRequest.purpose", "/purpose")]
    [InlineData("PredictionRequest.consentReference", "/consentReference")]
    [InlineData("Medication.drug", "/medications/0/drug")]
    [InlineData("Medication.rxNorm", "/medications/0/rxNorm")]
    [InlineData("Medication.atc", "/medications/0/atc")]
    [InlineData("Medication.text", "/medications/0/text")]
    [InlineData("PredictionRequest.conditions", "/conditions/0")]
    [InlineData("PredictionRequest.candidates", "/candidates/0")]
    public async Task Texts_of_a_prediction(string field, string pointer)
    {
        var limit = await LimitAsync(field, "maxLength");

        Assert.DoesNotContain(await FaultsAsync(With(pointer, new string('x', limit)), pointer), IsOfSize);
        Assert.Contains(await FaultsAsync(With(pointer, new string('x', limit + 1)), pointer), IsOfSize);
        Assert.NotEmpty(await FaultsAsync(With(pointer, ""), pointer));
    }

    [Theory]
    [InlineData("PredictionRequest.medications", "/medications", """{ "drug": "warfarin" }""")]
    [InlineData("PredictionRequest.conditions", "/conditions", "\"heart failure\"")]
    [InlineData("PredictionRequest.candidates", "/candidates", "\"warfarin\"")]
    public async Task Lists_of_a_prediction(string field, string pointer, string element)
    {
        var limit = await LimitAsync(field, "maxItems");

        Assert.DoesNotContain(await FaultsAsync(With(pointer, Many(limit)), pointer), IsOfSize);
        Assert.Contains(await FaultsAsync(With(pointer, Many(limit + 1)), pointer), IsOfSize);

        JsonArray Many(int count) => new([.. Enumerable.Range(0, count).Select(_ => JsonNode.Parse(element))]);
    }

    [Theory]
    [InlineData("PredictionRequest.measurements", "/measurements", "m", "1")]
    [InlineData("PredictionRequest.doses", "/doses", "d", "1")]
    [InlineData("Genotype.diplotypes", "/genotype/diplotypes", "G", "\"*1/*1\"")]
    [InlineData("Genotype.phenotypes", "/genotype/phenotypes", "G", "\"Poor Metabolizer\"")]
    [InlineData("Genotype.activityScores", "/genotype/activityScores", "G", "1")]
    [InlineData("Genotype.variants", "/genotype/variants", "rs", "\"C/T\"")]
    public async Task Maps_of_a_prediction(string field, string pointer, string prefix, string value)
    {
        var limit = await LimitAsync(field, "maxProperties");

        Assert.DoesNotContain(await FaultsAsync(With(pointer, Many(limit)), pointer), IsOfSize);
        Assert.Contains(await FaultsAsync(With(pointer, Many(limit + 1)), pointer), IsOfSize);

        JsonObject Many(int count) => new(Enumerable.Range(1, count).Select(
            number => KeyValuePair.Create($"{prefix}{number}", JsonNode.Parse(value))));
    }

    [Fact]
    public async Task Name_and_roles_of_a_key()
    {
        var limit = await LimitAsync("ApiKeyRequest.name", "maxLength");
        var api = await DescribedApi.OfAsync(shared.App);
        var roles = Field(api, "ApiKeyRequest.roles");
        var most = (int)roles["maxItems"]!;

        Assert.Equal(CallerRoles.All, roles["items"]!["enum"]!.AsArray().Select(static role => (string)role!));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(new string('x', limit), [.. CallerRoles.All]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(new string('x', limit + 1), CallerRoles.Admin));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync("x", [.. Enumerable.Repeat(CallerRoles.Admin, most)]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync("x", [.. Enumerable.Repeat(CallerRoles.Admin, most + 1)]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync("x", "root"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync("x"));

        async Task<HttpStatusCode> StatusAsync(string name, params string[] given)
        {
            var wanted = new JsonArray([.. given.Select(static role => JsonValue.Create(role))]);
            return (await PostAsync("v1/keys", new JsonObject { ["name"] = name, ["roles"] = wanted })).Status;
        }
    }

    [Fact]
    public async Task Id_of_a_patient_to_be_looked_up()
    {
        var limit = await LimitAsync("PatientLookupRequest.id", "maxLength");

        var id = $"{Guid.NewGuid():N}".PadRight(limit, 'x');

        Assert.Equal(HttpStatusCode.NotFound, (await shared.App.LookUpAsync(id)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shared.App.LookUpAsync($"{id}x")).Status);
    }

    [Fact]
    public async Task Idempotency_key()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var limit = (int)Parameter(api, "PredictPatient", "Idempotency-Key")["maxLength"]!;
        var key = $"{Guid.NewGuid():N}".PadRight(limit, 'x');

        Assert.Equal(HttpStatusCode.Created, (await shared.App.PredictAsync(Body.Warfarin(), key)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await shared.App.PredictAsync(Body.Warfarin(), $"{key}x")).Status);
    }

    [Theory]
    [InlineData("name", "maxLength")]
    [InlineData("webhook", "maxLength")]
    public async Task Texts_of_a_submission(string parameter, string keyword)
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var limit = (int)Parameter(api, "SubmitBatch", parameter)[keyword]!;
        var start = parameter == "webhook" ? "http://127.0.0.1/" : "";

        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(limit));
        Assert.NotEqual(HttpStatusCode.Accepted, await StatusAsync(limit + 1));

        async Task<HttpStatusCode> StatusAsync(int length) =>
            (await shared.App.SubmitAsync(Cohort.NdJson(1), query: $"?{parameter}={start.PadRight(length, 'x')}")).Status;
    }

    [Theory]
    [InlineData("SubmitBatch", "v1/batches?candidates=", 100)]
    [InlineData("TranslateGenotype", "v1/genotypes/translate?candidates=", 100)]
    public async Task Candidates_of_a_query(string operation, string path, int limit)
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var pattern = (string)Parameter(api, operation, "candidates")["pattern"]!;
        var names = string.Join(',', Enumerable.Range(0, limit).Select(static number => $"drug{number}"));

        Assert.Matches(pattern, names);
        Assert.DoesNotMatch(pattern, $"{names},one-more");
        Assert.NotEqual(HttpStatusCode.BadRequest, (await PostAsync($"{path}{names}", Rows())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"{path}{names},one-more", Rows())).Status);

        static JsonObject Rows() => new() { ["candidates"] = new JsonArray("warfarin") };
    }

    [Theory]
    [InlineData("2026-11-20", HttpStatusCode.OK)]
    [InlineData("2026-11-31", HttpStatusCode.BadRequest)]
    [InlineData("20.11.2026", HttpStatusCode.BadRequest)]
    public async Task Days(string day, HttpStatusCode status)
    {
        var api = await DescribedApi.OfAsync(shared.App);

        Assert.Equal("date", (string?)Parameter(api, "ListAudit", "day")["format"]);
        Assert.Equal(status, (await shared.App.GetAsync($"v1/audit?day={day}")).Status);
    }

    [Fact]
    public async Task Ids()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var patient = PatientKey.New();
        var prediction = PredictionId.Create(patient, WholeApp.Start);
        var batch = BatchId.Create(WholeApp.Start);

        AssertForm("GetPrediction", "predictionId", $"{prediction}", static text => PredictionId.TryParse(text, out _));
        AssertForm("GetPrediction", "predictionId", $"{batch}.0.17", static text => BatchRowId.TryParse(text, out _));
        AssertForm("ErasePatient", "patientKey", $"{patient}", static text => PatientKey.TryParse(text, out _));
        AssertForm("GetBatch", "batchId", $"{batch}", static text => BatchId.TryParse(text, out _));
        AssertForm("SubmitBatch", "upload", $"{batch}", static text => BatchId.TryParse(text, out _));
        AssertForm("RevokeKey", "keyId", $"{ApiKeyId.New()}", static text => ApiKeyId.TryParse(text, out _));

        void AssertForm(string operation, string parameter, string id, Predicate<string> isRead)
        {
            var form = new Regex((string)Parameter(api, operation, parameter)["pattern"]!);
            string[] others = [id[1..], $"{id}\n", $" {id}", $"{id[..^1]}!", $"{id[..^1]}é", ""];
            Assert.True(isRead(id) && form.IsMatch(id), id);
            Assert.All(others, other => Assert.False(isRead(other) || (form.IsMatch(other) && !other.EndsWith('\n')), other));
        }
    }

    private static Body With(string pointer, JsonNode? value) => pointer.Split('/') switch
    {
        ["", "medications", "0", var member] => Body.Warfarin().With("/medications", new JsonArray(new JsonObject { [member] = value })),
        ["", var list, "0"] => Body.Warfarin().With($"/{list}", new JsonArray(value)),
        _ => Body.Warfarin().With(pointer, value),
    };

    private static bool IsOfSize(string message) => message.Contains(TooLong, StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> FaultsAsync(Body body, string pointer)
    {
        var answer = await shared.App.PredictAsync(body);
        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.UnprocessableEntity, $"{answer.Status}: {answer.Text}");
        return answer.Json["errors"]?[pointer] is JsonArray messages ? [.. messages.Select(static message => (string)message!)] : [];
    }

    private Task<Answer> PostAsync(string path, JsonObject body) => shared.App.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = WholeApp.Json(body.ToJsonString()) });

    private async Task<int> LimitAsync(string field, string keyword)
    {
        var schema = Field(await DescribedApi.OfAsync(shared.App), field);
        return (int)(schema[keyword] ?? schema["items"]![keyword])!;
    }

    private static JsonObject Field(DescribedApi api, string name) => api.Fields.Single(field => field.Name == name).Schema;

    private static JsonObject Parameter(DescribedApi api, string operation, string name) =>
        api.Operations.Single(one => one.Id == operation).Json["parameters"]!.AsArray()
            .Single(one => (string?)one!["name"] == name)!["schema"]!.AsObject();
}
