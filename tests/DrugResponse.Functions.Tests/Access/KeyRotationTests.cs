using System.Net;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Functions.Patients;
using DrugResponse.Functions.Tests.Audit;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Patients;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Access;

/// <summary>Patients and answers survive a change of the key that hides the patients' ids.</summary>
public sealed class KeyRotationTests(AzuriteFixture azurite)
{
    private readonly string _tenant = AzuriteFixture.UniqueTenant().ToString();

    [Fact]
    public async Task A_patient_keeps_its_key_and_a_request_its_answer()
    {
        var body = Body.Warfarin();
        await using var before = await StartAsync(1);
        var first = await before.PredictAsync(body, "order-1");

        await using var after = await StartAsync(1, 2);
        var replayed = await after.PredictAsync(body, "order-1");
        var second = await after.PredictAsync(body);

        Assert.Equal(first.Bytes, replayed.Bytes);
        Assert.Equal(first.Prediction.PatientKey, second.Prediction.PatientKey);
        Assert.Equal(2, (await after.PredictionsOfAsync(body.PatientId)).Count);
    }

    [Fact]
    public async Task A_patient_that_was_seen_since_is_known_without_the_old_key()
    {
        var body = Body.Warfarin();
        await using var before = await StartAsync(1);
        var first = await before.PredictAsync(body);
        await using (var between = await StartAsync(1, 2))
            Assert.Equal(HttpStatusCode.OK, (await between.LookUpAsync(body.PatientId)).Status);

        await using var after = await StartAsync(2);

        Assert.Equal([first.Prediction.PredictionId], await after.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task The_report_says_how_many_patients_still_hang_on_the_old_key()
    {
        var (seen, unseen, objector) = (Body.Warfarin(), Body.Warfarin(), Body.Warfarin());
        await using var before = await StartAsync(1);
        await before.PredictAsync(seen);
        await before.PredictAsync(unseen);
        var erased = (await before.PredictAsync(objector)).Prediction.PatientKey;
        await before.PutConsentAsync(erased, """{ "scoring": "objected" }""");
        await before.EraseAsync(erased);
        await using var after = await StartAsync(1, 2);

        var first = await after.GetAsync("v1/pseudonyms");
        await after.PredictAsync(seen);
        var second = await after.GetAsync("v1/pseudonyms");

        Assert.Equal("""{"currentVersion":2,"patients":2,"onlyOnOthers":{"1":2},"objectionsOnlyOnOthers":{"1":1}}""", first.Text);
        Assert.Equal("""{"currentVersion":2,"patients":2,"onlyOnOthers":{"1":1},"objectionsOnlyOnOthers":{"1":1}}""", second.Text);
    }

    [Fact]
    public async Task An_old_version_is_retired_only_by_whoever_says_how_many_patients_and_objections_that_loses()
    {
        await using var before = await StartAsync(1);
        await before.PredictAsync(Body.Warfarin());
        var erased = (await before.PredictAsync(Body.Warfarin())).Prediction.PatientKey;
        await before.PutConsentAsync(erased, """{ "scoring": "objected" }""");
        await before.EraseAsync(erased);
        before.Clock.Advance(TimeSpan.FromMinutes(6));
        await before.TickAsync("ContinueErasures");
        await using var after = await StartAsync(1, 2);

        await Assert.ThrowsAsync<CommandException>(() => RetireAsync(after));
        var refusal = await Assert.ThrowsAsync<CommandException>(() => RetireAsync(after, "--lose", "1"));
        Assert.Equal(0, await RetireAsync(after, "--lose", "2"));

        Assert.Contains("1 patients and 1 objections", refusal.Message, StringComparison.Ordinal);
        var report = await after.GetAsync("v1/pseudonyms");
        Assert.Equal("""{"currentVersion":2,"patients":0,"onlyOnOthers":{},"objectionsOnlyOnOthers":{}}""", report.Text);
    }

    [Fact]
    public async Task Retiring_a_version_is_written_down_before_and_after_and_so_is_a_refusal()
    {
        await using var before = await StartAsync(1);
        await before.PredictAsync(Body.Warfarin());
        await using var after = await StartAsync(1, 2);

        await PseudonymsCommand.Command.RunAsync(
            after.Services, CommandLine.Parse(["pseudonyms", "report", "--tenant", _tenant]), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<CommandException>(() => RetireAsync(after));
        await RetireAsync(after, "--lose", "1");

        var who = $"command:{Environment.UserName}";
        var entries = await after.EntriesOfAsync("RetirePseudonyms");
        Assert.Equal(
            [
                (who, "begun", """{"patientsLost":1,"objectionsLost":0,"batchRowsLost":0}"""),
                (who, "done", """{"patientsLost":1,"objectionsLost":0,"batchRowsLost":0,"batchRows":0,"rows":2}"""),
                (who, "refused", """{"patientsLost":1,"objectionsLost":0,"batchRowsLost":0}"""),
            ],
            entries.Select(AuditCalls.Told).OrderBy(static entry => entry.Outcome, StringComparer.Ordinal));
        Assert.All(entries, static entry => Assert.Equal("pseudonym-key-1", (string?)entry["resource"]));
        Assert.Equal((who, "done", ""), Assert.Single(await after.EntriesOfAsync("ReportPseudonyms")).Told());
        Assert.True((bool)(await after.GetAsync("v1/audit/verify")).Json["intact"]!);
    }

    [Fact]
    public async Task Rows_of_batches_move_to_the_new_version_and_are_exported_and_erased_when_the_old_one_is_retired()
    {
        var (seen, stranger) = ($"MRN-{Guid.NewGuid():N}", $"MRN-{Guid.NewGuid():N}");
        await using var before = await StartAsync(1);
        var patientKey = await before.EnterAsync(seen);
        var batch = await HandDelivery.SubmitAsync(before, $"{RowOf(seen, 1)}\n{RowOf(stranger, 2)}\n{RowOf(seen, 3)}");
        await batch.DeliverAllAsync();
        await batch.ControlAsync();
        await using (var between = await StartAsync(1, 2))
        {
            Assert.Equal(HttpStatusCode.OK, (await between.LookUpAsync(seen)).Status);
            var all = await Assert.ThrowsAsync<CommandException>(() => RetireAsync(between));
            Assert.Equal(0, await RunAsync(between, "move"));
            Assert.Equal(0, await RunAsync(between, "move"));
            var stranded = await Assert.ThrowsAsync<CommandException>(() => RetireAsync(between));
            Assert.Equal(0, await RetireAsync(between, "--lose", "1"));

            Assert.Contains("and 3 rows of batches", all.Message, StringComparison.Ordinal);
            Assert.Contains("and 1 rows of batches", stranded.Message, StringComparison.Ordinal);
            Assert.Equal(
                ["""{"batchRows":0,"batchRowsLeft":1}""", """{"batchRows":2,"batchRowsLeft":1}"""],
                (await between.EntriesOfAsync("MovePseudonyms")).Select(static entry => entry.Told().Counts)
                    .Where(static counts => counts.Length > 0).Order(StringComparer.Ordinal));
        }

        await using var after = await StartAsync(2);
        after.Clock.Advance(TimeSpan.FromHours(1));
        var export = await after.GetAsync($"v1/patients/{patientKey}/export");
        await after.EraseAsync(patientKey);
        after.Clock.Advance(TimeSpan.FromMinutes(6));
        await after.TickAsync("ContinueErasures");
        var erasure = await after.GetAsync($"v1/patients/{patientKey}/erasure");

        Assert.Equal(2, export.Json["batchRows"]!.AsArray().Count);
        Assert.StartsWith("v2.", (string?)Assert.Single(export.Json["pseudonyms"]!.AsArray()), StringComparison.Ordinal);
        Assert.Equal(("completed", 2), ((string?)erasure.Json["state"], (int)erasure.Json["batchRows"]!));
        Assert.Equal("row-2", (string?)Assert.Single(await after.ResultsAsync(batch.BatchId))["rowId"]);
    }

    [Fact]
    public async Task A_version_by_which_an_erasure_still_looks_for_rows_is_not_retired()
    {
        await using var before = await StartAsync(1);
        await before.EraseAsync((await before.PredictAsync(Body.Warfarin())).Prediction.PatientKey);
        await using var after = await StartAsync(1, 2);

        var refusal = await Assert.ThrowsAsync<CommandException>(() => RetireAsync(after));
        after.Clock.Advance(TimeSpan.FromMinutes(6));
        await after.TickAsync("ContinueErasures");

        Assert.Contains("1 erasures are not complete", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await RetireAsync(after));
    }

    [Fact]
    public async Task Without_the_right_key_nobody_is_found()
    {
        var body = Body.Warfarin();
        await using var ours = await StartAsync(1);
        await ours.PredictAsync(body);

        await using var stranger = await StartAsync(2);

        Assert.Empty(await stranger.PredictionsOfAsync(body.PatientId));
    }

    private static Body RowOf(string patientId, int number) =>
        Body.Parse(Cohort.Row(number).ToJsonString()).With("/rowId", $"row-{number}").With("/patient/id", patientId);

    private Task<int> RetireAsync(WholeApp app, params string[] options) => RunAsync(app, "retire", options);

    private Task<int> RunAsync(WholeApp app, string word, params string[] options) => PseudonymsCommand.Command.RunAsync(
        app.Services,
        CommandLine.Parse(["pseudonyms", word, "--tenant", _tenant, "--version", "1", .. options]),
        TestContext.Current.CancellationToken);

    private Task<WholeApp> StartAsync(params int[] versions) => WholeApp.StartReadyAsync(
        azurite.ConnectionString,
        [$"DrugResponse:Access:Tenant={_tenant}", .. versions.Select(static version => $"DrugResponse:Pseudonyms:Keys:{version}={KeyOf(version)}")]);

    private static string KeyOf(int version)
    {
        var key = new byte[32];
        Array.Fill(key, (byte)version);
        return Convert.ToBase64String(key);
    }
}
