using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Patients;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Access;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Testing;
using Microsoft.AspNetCore.Routing;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>
/// Walks every endpoint that takes an id with an id of another tenant: the answer must be that to an id that nobody has, to the byte. A new
/// endpoint fails here until it is said where its ids come from.
/// </summary>
public sealed class TenantIsolationTests(AzuriteFixture azurite)
{
    // Functions that take no id, or ids that belong to no tenant.
    private static readonly HashSet<string> WithoutIds = new(StringComparer.Ordinal)
    {
        "PredictPatient", "TranslateGenotype", "ListGenes", "ListDrugs", "ListFeatures", "ListModels", "GetModel", "LiveHealth", "ReadyHealth",
        "CreateKey", "ListKeys", "ReportPseudonyms", "VerifyAudit", "SubmitBatch", "CreateBatchUpload", "ListBatches",
        "OpenApi", "Docs",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_of_another_tenant_is_like_one_that_nobody_has()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var (victim, stranger) = (await VictimAsync(app), await StrangerAsync(app));
        using var http = app.ClientWith(stranger);
        var walked = new List<string>();

        foreach (var (function, request) in Requests())
        {
            var foreign = await SendAsync(http, request(victim));
            var unknown = await SendAsync(http, request(Unknown()));

            Assert.True(
                foreign.Status is HttpStatusCode.NotFound || (function == "ListAudit" && foreign.Status is HttpStatusCode.OK),
                $"{function}: {foreign.Status} {foreign.Text}");
            Assert.Equal((unknown.Status, WithoutTrace(unknown)), (foreign.Status, WithoutTrace(foreign)));
            Assert.Equal(
                unknown.Headers.Select(static header => header.Key).Order(), foreign.Headers.Select(static header => header.Key).Order());
            walked.Add(function);
        }

        var functions = app.Service<EndpointDataSource>().Endpoints
            .Where(static endpoint => endpoint.Metadata.GetMetadata<TriggerFunctionMetadata>() is null)
            .Select(static endpoint => endpoint.Metadata.GetMetadata<FunctionMetadata>()?.FunctionName)
            .OfType<string>();
        Assert.Equal(functions.Order(StringComparer.Ordinal), walked.Distinct().Concat(WithoutIds).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_one_tenant_does_to_an_id_of_another_changes_nothing_there()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var victim = await VictimAsync(app);
        using var http = app.ClientWith(await StrangerAsync(app));

        foreach (var (_, request) in Requests())
            await SendAsync(http, request(victim));

        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync($"v1/predictions/{victim.PredictionId}")).Status);
        Assert.Equal("not-recorded", (string?)(await app.GetAsync($"v1/patients/{victim.PatientKey}/consent")).Json["scoring"]);
        var keys = (await app.GetAsync("v1/keys")).Json["keys"]!.AsArray();
        Assert.Null((string?)Assert.Single(keys, key => (string?)key!["keyId"] == victim.KeyId)!["revokedAt"]);
        Assert.Equal(HttpStatusCode.Created, (await app.PredictAsync(Body.Parse($$"""{ "patient": { "id": "{{victim.PatientId}}" }, "candidates": ["warfarin"] }"""))).Status);
    }

    private static IEnumerable<(string Function, Func<Ids, HttpRequestMessage> Request)> Requests() =>
    [
        // First: the others leave the stranger's own attempts in the stranger's own trail.
        ("ListAudit", static ids => new(HttpMethod.Get, $"v1/audit?patientKey={ids.PatientKey}")),
        ("GetPrediction", static ids => new(HttpMethod.Get, $"v1/predictions/{ids.PredictionId}")),
        ("GetPrediction", static ids => new(HttpMethod.Get, $"v1/predictions/{ids.BatchId}.0.0")),
        ("GetBatch", static ids => new(HttpMethod.Get, $"v1/batches/{ids.BatchId}")),
        ("CancelBatch", static ids => new(HttpMethod.Delete, $"v1/batches/{ids.BatchId}")),
        ("GetBatchResults", static ids => new(HttpMethod.Get, $"v1/batches/{ids.BatchId}/results")),
        ("GetBatchErrors", static ids => new(HttpMethod.Get, $"v1/batches/{ids.BatchId}/errors")),
        ("GetBatchSummary", static ids => new(HttpMethod.Get, $"v1/batches/{ids.BatchId}/summary")),
        ("FindPatient", static ids => new(HttpMethod.Post, "v1/patients/lookup")
        {
            Content = WholeApp.Json(new JsonObject { ["id"] = ids.PatientId }.ToJsonString()),
        }),
        ("ListPatientPredictions", static ids => new(HttpMethod.Get, $"v1/patients/{ids.PatientKey}/predictions")),
        ("ExportPatient", static ids => new(HttpMethod.Get, $"v1/patients/{ids.PatientKey}/export")),
        ("ErasePatient", static ids => new(HttpMethod.Delete, $"v1/patients/{ids.PatientKey}")),
        ("GetErasure", static ids => new(HttpMethod.Get, $"v1/patients/{ids.PatientKey}/erasure")),
        ("GetConsent", static ids => new(HttpMethod.Get, $"v1/patients/{ids.PatientKey}/consent")),
        ("PutConsent", static ids => new(HttpMethod.Put, $"v1/patients/{ids.PatientKey}/consent")
        {
            Content = WholeApp.Json("""{ "scoring": "objected" }"""),
        }),
        ("RotateKey", static ids => new(HttpMethod.Post, $"v1/keys/{ids.KeyId}/rotate")),
        ("RevokeKey", static ids => new(HttpMethod.Delete, $"v1/keys/{ids.KeyId}")),
    ];

    private static Ids Unknown()
    {
        var key = PatientKey.New();
        return new Ids(
            $"MRN-{Guid.NewGuid():N}", key.ToString(), PredictionId.Create(key, WholeApp.Start).ToString(), ApiKeyId.New().ToString(),
            BatchId.Create(WholeApp.Start).ToString());
    }

    private static async Task<Ids> VictimAsync(WholeApp app)
    {
        var body = Body.Warfarin();
        var prediction = (await app.PredictAsync(body)).Prediction;
        var (key, _) = await app.Service<KeyIssuer>().CreateAsync(
            app.Tenant, new ApiKeyRequest { Name = "victim", Roles = [CallerRoles.Admin] }, Cancellation);
        return new Ids(body.PatientId, prediction.PatientKey!, prediction.PredictionId, key.Id.ToString(), await BatchAsync(app));
    }

    private static async Task<string> BatchAsync(WholeApp app)
    {
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(2));
        await batch.DeliverAllAsync();
        await batch.ControlAsync();
        return batch.BatchId;
    }

    private static async Task<string> StrangerAsync(WholeApp app)
    {
        var (_, key) = await app.Service<KeyIssuer>().CreateAsync(
            AzuriteFixture.UniqueTenant(), new ApiKeyRequest { Name = "stranger", Roles = CallerRoles.All }, Cancellation);
        return key.Reveal();
    }

    private static async Task<Answer> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, Cancellation);
        request.Dispose();
        return await Answer.OfAsync(response);
    }

    private static string WithoutTrace(Answer answer)
    {
        var json = answer.Json.AsObject();
        json.Remove("traceId");
        return json.ToJsonString();
    }

    private sealed record Ids(string PatientId, string PatientKey, string PredictionId, string KeyId, string BatchId);
}
