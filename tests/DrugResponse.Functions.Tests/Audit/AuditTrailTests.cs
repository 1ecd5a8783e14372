using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Audit;

public sealed class AuditTrailTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prediction_is_accounted_for_with_its_grounds_and_without_the_patient()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin();
        var prediction = (await app.PredictAsync(body)).Prediction;

        var entry = Assert.Single(await EntriesAsync(app));

        Assert.Equal("key:development", (string?)entry["who"]);
        Assert.Equal(CallerRoles.All, entry["roles"]!.AsArray().Select(static role => (string)role!));
        Assert.Equal("PredictPatient", (string?)entry["action"]);
        Assert.Equal("201", (string?)entry["outcome"]);
        Assert.Equal(prediction.PatientKey, (string?)entry["patientKey"]);
        Assert.Equal(prediction.PredictionId, (string?)entry["resource"]);
        Assert.Equal(prediction.KnowledgeVersion, (string?)entry["knowledge"]);
        Assert.Contains("warfarin/dose@", (string?)entry["models"], StringComparison.Ordinal);
        Assert.StartsWith("1.", (string?)entry["requestHash"], StringComparison.Ordinal);
        Assert.DoesNotContain(body.PatientId, entry.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_caller_asks_for_is_accounted_for_and_whatever_comes_of_it()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var body = Body.Warfarin();
        var prediction = (await app.PredictAsync(body)).Prediction;
        using var scientist = await ClientAsync(app, app.Tenant, CallerRoles.DataScientist);
        await app.LookUpAsync(body.PatientId);
        await app.GetAsync($"v1/predictions/{prediction.PredictionId}");
        await app.GetAsync($"v1/patients/{prediction.PatientKey}/predictions");
        await app.GetAsync("v1/predictions/MRN-typed-into-a-path");
        await app.PredictAsync(body.With("/patient/weightKg", -1));
        await app.PredictAsync("{"u8.ToArray());
        await scientist.GetAsync($"v1/patients/{prediction.PatientKey}/predictions", Cancellation);
        await app.DeliverAsync(body.Utf8, "m1");

        var entries = await EntriesAsync(app);

        Assert.Equal(
            [
                $"FindPatient 200 {prediction.PatientKey}",
                "GetPrediction 200 " + prediction.PatientKey,
                "GetPrediction 404 ",
                "ListPatientPredictions 200 " + prediction.PatientKey,
                "ListPatientPredictions 403 " + prediction.PatientKey,
                "PredictPatient 201 " + prediction.PatientKey,
                "PredictPatient 400 ",
                "PredictPatient 422 ",
                "ScoreQueuedPatient 201 " + prediction.PatientKey,
            ],
            entries.Select(static entry => $"{entry["action"]} {entry["outcome"]} {entry["patientKey"]}").Order(StringComparer.Ordinal));
        Assert.Contains(entries, static entry => (string?)entry["who"] == "queue");
        Assert.DoesNotContain(entries, static entry => entry.ToJsonString().Contains("MRN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_are_made_and_revoked_only_once_that_is_written_down()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        var created = await app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/keys")
        {
            Content = WholeApp.Json("""{ "name": "till 3", "roles": ["pharmacy"] }"""),
        });
        await app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/keys/{created.Json["keyId"]}"));

        var entries = (await EntriesAsync(app)).Select(static entry => $"{entry["action"]} {entry["outcome"]} {entry["resource"]}");

        Assert.Equal(
            ["CreateKey begun ", $"CreateKey 201 {created.Json["keyId"]}", $"RevokeKey begun {created.Json["keyId"]}", $"RevokeKey 204 {created.Json["keyId"]}"], entries);
    }

    [Fact]
    public async Task Entries_are_paged_and_those_of_one_patient_can_be_asked_for()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var prediction = (await app.PredictAsync(Body.Warfarin())).Prediction;
        for (var i = 0; i < 120; i++)
            await app.GetAsync("v1/genes");

        var first = await app.GetAsync("v1/audit");
        var second = await app.GetAsync($"v1/audit?after={first.Json["after"]}");
        var ofPatient = await app.GetAsync($"v1/audit?patientKey={prediction.PatientKey}");

        Assert.Equal(100, first.Json["entries"]!.AsArray().Count);
        Assert.Equal(22, second.Json["entries"]!.AsArray().Count);
        Assert.Null(second.Json["after"]);
        Assert.Equal("PredictPatient", (string?)Assert.Single(ofPatient.Json["entries"]!.AsArray())!["action"]);
        Assert.Equal("2026-11-20", (string?)first.Json["day"]);
    }

    [Theory]
    [InlineData("v1/audit?day=yesterday")]
    [InlineData("v1/audit?patientKey=MRN")]
    [InlineData("v1/audit?after=x")]
    [InlineData("v1/audit/verify?from=2026-11-20&to=2026-11-19")]
    [InlineData("v1/audit/verify?from=2026-01-01&to=2026-12-31")]
    [InlineData("v1/audit/verify?to=20261120")]
    public async Task A_query_that_makes_no_sense_is_refused(string path)
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);

        (await app.GetAsync(path)).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    [Fact]
    public async Task Another_tenants_entries_are_not_seen()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        await app.GetAsync("v1/genes");
        using var stranger = await ClientAsync(app, AzuriteFixture.UniqueTenant(), CallerRoles.Admin);

        var theirs = await Answer.OfAsync(await stranger.GetAsync("v1/audit", Cancellation));

        Assert.Empty(theirs.Json["entries"]!.AsArray());
        Assert.Single(await EntriesAsync(app));
    }

    [Fact]
    public async Task The_trail_of_several_instances_and_starts_and_of_a_midnight_is_intact_and_closed()
    {
        var tenant = $"DrugResponse:Access:Tenant={AzuriteFixture.UniqueTenant()}";
        await using (var first = await WholeApp.StartAsync(azurite.ConnectionString, tenant))
        {
            await first.GetAsync("v1/genes");
            await using var beside = await WholeApp.StartAsync(azurite.ConnectionString, tenant);
            await beside.GetAsync("v1/genes");
            await first.GetAsync("v1/audit");
            first.Clock.Advance(TimeSpan.FromHours(13));
            await first.GetAsync("v1/genes");
        }

        await using var later = await WholeApp.StartAsync(azurite.ConnectionString, tenant);
        await later.GetAsync("v1/genes");
        var report = await later.GetAsync("v1/audit/verify?from=2026-11-20&to=2026-11-21");

        Assert.True((bool)report.Json["intact"]!, report.Text);
        Assert.Equal(4, (int)report.Json["chains"]!);
        Assert.Equal(1, (int)report.Json["openChains"]!);
        Assert.Equal(12, (int)report.Json["rows"]!);
    }

    [Fact]
    public async Task What_was_tampered_with_is_named_by_the_endpoint()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        await app.GetAsync("v1/genes");
        await app.GetAsync("v1/drugs");
        var entries = await EntriesAsync(app);
        var table = app.Service<StorageConnection>().Tables.GetTableClient(AuditStore.TableName);
        var chain = (string)entries[0]["chain"]!;

        await table.DeleteEntityAsync(chain, $"{(long)entries[0]["row"]!:D12}", cancellationToken: Cancellation);

        var report = await app.GetAsync("v1/audit/verify");
        Assert.False((bool)report.Json["intact"]!);
        var fault = Assert.Single(report.Json["faults"]!.AsArray())!;
        Assert.Equal(("removed", chain, 1L), ((string)fault["kind"]!, (string)fault["chain"]!, (long)fault["row"]!));
    }

    [Fact]
    public async Task While_nothing_can_be_written_down_nothing_is_done_and_afterwards_nothing_is_missing()
    {
        const int Waiting = 20_000;
        var data = Directory.CreateTempSubdirectory("audit-outage-");
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = data.FullName }, Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        await emulator.StopAsync(Cancellation);
        for (var i = 0; i < Waiting + 1000; i++)
            app.Service<AuditTrail>().Record(app.Tenant, Entry(i));

        var refused = await app.GetAsync("v1/genes");
        await emulator.RestartAsync(Cancellation);

        refused.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.AuditUnavailable);
        await Eventually.TrueAsync(async () => (await app.GetAsync("v1/genes")).Status == HttpStatusCode.OK, "the trail is written again");
        var report = await app.GetAsync("v1/audit/verify");
        Assert.True((bool)report.Json["intact"]!, report.Text);
        Assert.InRange((int)report.Json["rows"]!, Waiting + 1000, Waiting + 1100);
    }

    [Fact]
    public async Task At_the_end_of_a_process_what_was_not_written_is_counted_and_nothing_is_no_error()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var idle = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        var busy = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        await idle.GetAsync("v1/genes");
        await idle.Service<AuditTrail>().FlushAsync(Cancellation);
        await busy.Service<AuditTrail>().FlushAsync(Cancellation);
        await emulator.StopAsync(Cancellation);
        busy.Service<AuditTrail>().Record(busy.Tenant, Entry(1));
        busy.Service<AuditTrail>().Record(busy.Tenant, Entry(2));

        await idle.DisposeAsync();
        await busy.DisposeAsync();

        const string NotWritten = "entries of the audit trail not written";
        Assert.DoesNotContain(idle.Logs.Lines, static line => line.Contains(NotWritten, StringComparison.Ordinal));
        Assert.Contains(busy.Logs.Lines, static line => line.Contains($"ends with 2 {NotWritten}", StringComparison.Ordinal));
    }

    private static AuditEntry Entry(int number) => new()
    {
        At = WholeApp.Start,
        Who = "system",
        Action = "Test",
        Outcome = "done",
        Count = number,
    };

    private static async Task<HttpClient> ClientAsync(WholeApp app, TenantName tenant, params string[] roles)
    {
        var (_, key) = await app.Service<KeyIssuer>().CreateAsync(tenant, new ApiKeyRequest { Name = "test", Roles = roles }, Cancellation);
        return app.ClientWith(key.Reveal());
    }

    // In order, and without what looking at them adds.
    private static async Task<JsonNode[]> EntriesAsync(WholeApp app)
    {
        var page = await app.GetAsync("v1/audit");
        return [.. page.Json["entries"]!.AsArray().OfType<JsonNode>().Where(static entry => (string?)entry["action"] != "ListAudit")];
    }
}
