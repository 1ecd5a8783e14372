using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Batches.Results;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.OpenApi;

/// <summary>What the description shows is what the app does: examples are sent, answers are checked against the schemas.</summary>
public sealed class ExampleTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string ErasedPatient = "erasedPatientKey";

    private static readonly string[] Drugs = ["warfarin"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Type, string> BoundedMembers =>
    [
        .. from type in new[] { typeof(Patient) }
           from property in type.GetProperties()
           where property.GetCustomAttribute<RangeAttribute>() is not null
           select new TheoryDataRow<Type, string>(type, property.Name),
    ];

    [Fact]
    public async Task Every_example_is_what_its_schema_says()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var checkedExamples = 0;

        foreach (var operation in api.Operations)
        {
            var contents = operation.Responses.Select(static response => response.Value!["content"])
                .Append(operation.Json["requestBody"]?["content"])
                .OfType<JsonObject>();
            foreach (var content in contents.SelectMany(static content => content).Select(static content => content.Value!))
            {
                if (content["example"] is not { } example)
                    continue;
                api.AssertValid(content["schema"]!, example, operation.Id);
                checkedExamples++;
            }
        }

        Assert.True(checkedExamples > 15, $"There are {checkedExamples} examples.");
    }

    [Theory]
    [InlineData("GetBatchResults", false)]
    [InlineData("GetBatchErrors", true)]
    public async Task Tables_are_what_the_app_makes_of_the_same_lines(string operationId, bool isOfErrors)
    {
        var api = await DescribedApi.OfAsync(shared.App);
        var content = api.Operations.Single(operation => operation.Id == operationId).Responses["200"]!["content"]!;
        var kind = isOfErrors ? BatchResultKind.Error : BatchResultKind.Result;
        var csv = new CsvLines(kind, withHeader: true, keepsFormulas: false);

        var line = Encoding.UTF8.GetBytes(content["application/x-ndjson"]!["example"]!.ToJsonString());

        Assert.Equal($"{csv.Header}{csv.Write(new BatchResultRow(0, 1, kind, line))}", (string?)content["text/csv"]!["example"]);
    }

    [Fact]
    public async Task Every_operation_with_a_json_body_shows_one()
    {
        var api = await DescribedApi.OfAsync(shared.App);

        Assert.All(
            api.Operations.Where(static operation => operation.RequestContent("application/json")?["schema"]?["$ref"] is not null),
            static operation => Assert.NotNull(operation.RequestContent("application/json")!["example"]));
    }

    [Fact]
    public async Task Every_example_request_is_answered_as_described()
    {
        var api = await DescribedApi.OfAsync(shared.App);
        using var http = shared.App.ClientWith(DevelopmentKey.Text);
        var ids = await CreateAsync(http);
        var sent = 0;

        // Deletions last: they would take away what others read.
        foreach (var operation in api.Operations.OrderBy(static operation => operation.Method == "DELETE"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), PathOf(operation, ids))
            {
                Content = ContentOf(operation),
            };
            using var response = await http.SendAsync(request, Cancellation);
            await AssertDescribedAsync(api, operation, response);
            Assert.True(response.IsSuccessStatusCode, $"{operation.Id}: {response.StatusCode}");
            sent++;
        }

        Assert.True(sent > 15, $"{sent} requests were sent.");
    }

    [Theory]
    [InlineData("v1/predictions", "{", 400)]
    [InlineData("v1/predictions", """{ "patient": { "weightKg": -1 } }""", 422)]
    [InlineData("v1/patients/lookup", """{ "id": "nobody" }""", 404)]
    [InlineData("v1/genotypes/translate", """{ "genotype": { "diplotypes": { "CYP2C9": "?" } } }""", 422)]
    public async Task Every_refusal_is_answered_as_described(string path, string body, int status)
    {
        var api = await DescribedApi.OfAsync(shared.App);
        using var http = shared.App.ClientWith(DevelopmentKey.Text);
        using var response = await http.PostAsync($"/api/{path}", WholeApp.Json(body), Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        await AssertDescribedAsync(api, api.Operations.Single(operation => operation.Path == $"/api/{path}" && operation.Method == "POST"), response);
    }

    [Theory]
    [MemberData(nameof(BoundedMembers))]
    public async Task Described_ranges_are_those_that_are_accepted(Type type, string member)
    {
        var range = type.GetProperty(member)!.GetCustomAttribute<RangeAttribute>()!;
        var pointer = $"/{JsonNamingPolicy.CamelCase.ConvertName(type.Name)}/{JsonNamingPolicy.CamelCase.ConvertName(member)}";
        var (least, greatest) = ((double)range.Minimum, (double)range.Maximum);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(pointer, least - 0.01));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(pointer, least));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(pointer, greatest));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(pointer, greatest + 0.01));
    }

    private async Task<HttpStatusCode> StatusAsync(string pointer, double value) =>
        (await shared.App.PredictAsync(Body.Warfarin().With(pointer, value))).Status;

    private static async Task AssertDescribedAsync(DescribedApi api, DescribedOperation operation, HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.NoContent)
        {
            Assert.Contains("204", operation.Responses);
            return;
        }

        var mediaType = response.Content.Headers.ContentType!.MediaType!;
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var schema = operation.SchemaOf((int)response.StatusCode, mediaType);
        Assert.True(schema is not null, $"{operation.Id} does not describe {(int)response.StatusCode} as {mediaType}: {text}");

        string[] documents = mediaType == "application/x-ndjson" ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [text];
        foreach (var document in documents)
            api.AssertValid(schema, JsonNode.Parse(document), operation.Id);
    }

    private static async Task<Dictionary<string, string>> CreateAsync(HttpClient http)
    {
        using var predicted = await http.PostAsync("/api/v1/predictions", Example("PredictPatient.request.json"), Cancellation);
        var prediction = JsonNode.Parse(await predicted.Content.ReadAsStringAsync(Cancellation))!;
        var erased = await http.PostAsJsonAsync("v1/predictions", new { patient = new { id = "MRN-erased" }, candidates = Drugs }, Cancellation);
        var erasedKey = (string)JsonNode.Parse(await erased.Content.ReadAsStringAsync(Cancellation))!["patientKey"]!;
        await http.DeleteAsync($"v1/patients/{erasedKey}", Cancellation);
        using var made = await http.PostAsync("v1/keys", Example("CreateKey.request.json"), Cancellation);
        using var submitted = await http.PostAsync("/api/v1/batches?candidates=clopidogrel", Rows(), Cancellation);
        var batch = JsonNode.Parse(await submitted.Content.ReadAsStringAsync(Cancellation))!;
        return new Dictionary<string, string>
        {
            ["predictionId"] = (string)prediction["predictionId"]!,
            ["patientKey"] = (string)prediction["patientKey"]!,
            [ErasedPatient] = erasedKey,
            ["keyId"] = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync(Cancellation))!["keyId"]!,
            ["batchId"] = (string)batch["batchId"]!,
            ["drug"] = "warfarin",
            ["endpoint"] = "dose",
        };
    }

    private static string PathOf(DescribedOperation operation, Dictionary<string, string> ids) =>
        ids.Aggregate(
            operation.Id == "GetErasure" ? operation.Path.Replace("{patientKey}", $"{{{ErasedPatient}}}", StringComparison.Ordinal) : operation.Path,
            static (path, id) => path.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private static HttpContent? ContentOf(DescribedOperation operation)
    {
        if (operation.RequestContent("application/json")?["example"] is { } example)
            return WholeApp.Json(example.ToJsonString());
        return operation.RequestContent("application/x-ndjson") is null ? null : Rows();
    }

    private static ByteArrayContent Rows() =>
        new(Encoding.UTF8.GetBytes("""
            {"rowId":"1","genotype":{"diplotypes":{"CYP2C19":"*1/*2"}},"candidates":["clopidogrel"]}
            {"rowId":"2","patient":{"weightKg":-1},"candidates":["clopidogrel"]}
            """))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") },
        };

    private static HttpContent Example(string name)
    {
        using var stream = typeof(Program).Assembly.GetManifestResourceStream($"Examples/{name}")!;
        using var reader = new StreamReader(stream);
        return WholeApp.Json(reader.ReadToEnd());
    }
}
