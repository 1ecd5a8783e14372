using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Patients;

public sealed class ErasureTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_patient_is_gone_at_once_and_is_a_new_one_when_named_again()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var (body, other) = (Body.Warfarin(), Body.Warfarin());
        var first = (await app.PredictAsync(body, "order-1")).Prediction;
        await app.PredictAsync(body);
        await app.PredictAsync(other);

        var erased = await app.EraseAsync(first.PatientKey);

        Assert.Equal(HttpStatusCode.Accepted, erased.Status);
        Assert.Equal(
            ("running", 2, 1, 0),
            ((string)erased.Json["state"]!, (int)erased.Json["predictions"]!, (int)erased.Json["idempotencyKeys"]!, (int)erased.Json["batchRows"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"v1/predictions/{first.PredictionId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"v1/patients/{first.PatientKey}/predictions")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"v1/patients/{first.PatientKey}/export")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.LookUpAsync(body.PatientId)).Status);
        Assert.Single(await app.PredictionsOfAsync(other.PatientId));
        var again = (await app.PredictAsync(body, "order-1")).Prediction;
        Assert.NotEqual(first.PatientKey, again.PatientKey);
        Assert.NotEqual(first.PredictionId, again.PredictionId);
    }

    [Fact]
    public async Task Of_an_erased_patient_only_the_tombstone_and_the_audit_trail_are_left()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var first = (await app.PredictAsync(Body.Warfarin(), "order-1")).Prediction;
        await app.PutConsentAsync(first.PatientKey, """{ "scoring": "allowed", "reference": "form 17" }""");

        await app.EraseAsync(first.PatientKey);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await app.TickAsync("ContinueErasures");

        foreach (var name in new[] { PatientStore.TableName, PredictionStore.TableName, IdempotencyStore.TableName })
            Assert.Equal(0, await CountAsync(app, name));
        Assert.Equal(1, await CountAsync(app, ErasureStore.TableName));
    }

    [Fact]
    public async Task An_erasure_is_complete_once_no_request_can_be_under_way_and_that_stands_in_the_audit_trail()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var patientKey = (await app.PredictAsync(Body.Warfarin())).Prediction.PatientKey;
        await app.EraseAsync(patientKey);
        Assert.True(PatientKey.TryParse(patientKey, out var key));

        await app.TickAsync("ContinueErasures");
        var early = await app.GetAsync($"v1/patients/{patientKey}/erasure");
        await LeaveBehindAsync(app, key);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.OK, (await app.TickAsync("ContinueErasures")).Status);
        await app.TickAsync("ContinueErasures");
        var late = await app.GetAsync($"v1/patients/{patientKey}/erasure");
        var repeated = await app.EraseAsync(patientKey);

        Assert.Equal("running", (string?)early.Json["state"]);
        Assert.Equal(("completed", 2), ((string?)late.Json["state"], (int)late.Json["predictions"]!));
        Assert.Equal(HttpStatusCode.OK, repeated.Status);
        Assert.Equal("completed", (string?)repeated.Json["state"]);
        var entries = (await app.GetAsync($"v1/audit?patientKey={patientKey}")).Json["entries"]!.AsArray();
        var entry = Assert.Single(entries, static entry => (string?)entry!["action"] == "ContinueErasures")!;
        Assert.Equal(("system", "done", 2), ((string?)entry["who"], (string?)entry["outcome"], (int)entry["count"]!));
    }

    [Fact]
    public async Task An_objection_outlives_the_erasure()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin();
        var patientKey = (await app.PredictAsync(body)).Prediction.PatientKey;
        await app.PutConsentAsync(patientKey, """{ "scoring": "objected" }""");

        await app.EraseAsync(patientKey);

        (await app.PredictAsync(body)).AssertProblem(HttpStatusCode.Forbidden, ProblemTypes.Objection);
        Assert.Equal(HttpStatusCode.NotFound, (await app.LookUpAsync(body.PatientId)).Status);
        await app.PutConsentAsync(await app.EnterAsync(body.PatientId), """{ "scoring": "allowed" }""");
        Assert.Equal(HttpStatusCode.Created, (await app.PredictAsync(body)).Status);
    }

    [Fact]
    public async Task A_patient_without_a_raw_id_can_be_erased_too()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var prediction = (await app.PredictAsync(Body.Warfarin().Without("/patient/id"))).Prediction;

        Assert.Equal(HttpStatusCode.Accepted, (await app.EraseAsync(prediction.PatientKey)).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"v1/predictions/{prediction.PredictionId}")).Status);
    }

    [Fact]
    public async Task A_patient_that_is_not_known_cannot_be_erased()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var unknown = PatientKey.New().ToString();

        (await app.EraseAsync(unknown)).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await app.EraseAsync("MRN-0042")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await app.GetAsync($"v1/patients/{unknown}/erasure")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    // As a request does that had found the patient before the erasure and writes after it.
    private static Task LeaveBehindAsync(WholeApp app, PatientKey key) => app.Service<PredictionStore>().AddAsync(
        app.Tenant,
        new StoredPrediction(PredictionId.Create(key, app.Clock.GetUtcNow()), "{}"u8.ToArray(), "hash", "knowledge", "models"),
        Cancellation);

    private static async Task<int> CountAsync(WholeApp app, string tableName)
    {
        var table = app.Service<StorageConnection>().Tables.GetTableClient(tableName);
        var count = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            if ((row.PartitionKey + "/" + row.RowKey).Contains(app.Tenant.ToString(), StringComparison.Ordinal))
                count++;
        }

        return count;
    }
}
