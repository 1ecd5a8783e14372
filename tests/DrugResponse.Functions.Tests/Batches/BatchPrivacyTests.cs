using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Tests.Audit;
using DrugResponse.Functions.Tests.Patients;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>What is true of a batch's patients: nothing of them lies in clear, they can object, be exported and be erased.</summary>
public sealed class BatchPrivacyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _patientId = $"MRN-{Guid.NewGuid():N}";
    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await WholeApp.StartReadyAsync(azurite.ConnectionString);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Neither_rows_nor_their_ids_lie_in_clear_anywhere()
    {
        var batch = await CompletedAsync(RowOf(_patientId, "row-of-" + _patientId), RowOf(null, "unknown-" + _patientId).With("/genotype/diplotypes/CYP2C99", "*1/*1"));

        foreach (var text in await StoredAsync())
        {
            Assert.DoesNotContain(_patientId, text, StringComparison.Ordinal);
            Assert.DoesNotContain("CYP2C99", text, StringComparison.Ordinal);
        }

        Assert.Equal($"row-of-{_patientId}", (string?)Assert.Single(await _app.ResultsAsync(batch.BatchId))["rowId"]);
        Assert.Equal($"unknown-{_patientId}", (string?)Assert.Single(await _app.ErrorsAsync(batch.BatchId))["rowId"]);
        Assert.DoesNotContain(_app.Logs.Lines, line => line.Contains(_patientId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_row_of_a_patient_who_objects_is_an_error()
    {
        await _app.PutConsentAsync(await _app.EnterAsync(_patientId), """{ "scoring": "objected" }""");

        var batch = await CompletedAsync(RowOf(_patientId, "a"), RowOf(null, "b"));

        var error = Assert.Single(await _app.ErrorsAsync(batch.BatchId));
        Assert.Equal("a", (string?)error["rowId"]);
        Assert.Equal("The patient objects to being scored.", (string?)error["errors"]!["/patient/id"]![0]);
        Assert.Equal("b", (string?)Assert.Single(await _app.ResultsAsync(batch.BatchId))["rowId"]);
    }

    [Theory]
    [InlineData("application/x-ndjson", " {0}")]
    [InlineData("application/x-ndjson", "{0}\u00A0")]
    [InlineData("application/json", "  {0} ")]
    [InlineData("application/json", "{0}\u2003")]
    [InlineData("text/csv", "\u00A0{0} ")]
    public async Task White_space_around_an_id_makes_nobody_else_of_the_patient(string mediaType, string form)
    {
        var written = form.Replace("{0}", _patientId, StringComparison.Ordinal);
        var patientKey = await _app.EnterAsync(_patientId);
        var before = await CompletedAsync(Submission(mediaType, written), mediaType);
        var export = await _app.GetAsync($"v1/patients/{patientKey}/export");
        await _app.PutConsentAsync(patientKey, """{ "scoring": "objected" }""");
        var after = await CompletedAsync(Submission(mediaType, written), mediaType);
        await _app.EraseAsync(patientKey);
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        await _app.TickAsync("ContinueErasures");

        Assert.Equal(before.BatchId, (string?)Assert.Single(export.Json["batchRows"]!.AsArray())!["batchId"]);
        Assert.Empty(await _app.ResultsAsync(before.BatchId));
        Assert.Equal(new BatchRowCounts(1, 1, 0, Erased: 1), (await _app.StatusAsync(before.BatchId)).Rows);
        Assert.Equal(new BatchRowCounts(1, 1, 1, Erased: 1), (await _app.StatusAsync(after.BatchId)).Rows);
    }

    [Fact]
    public async Task An_export_says_what_is_not_in_it()
    {
        var export = await _app.GetAsync($"v1/patients/{await _app.EnterAsync(_patientId)}/export");

        Assert.StartsWith(
            "Rows of the inputs of batches", (string?)Assert.Single(export.Json["notIncluded"]!.AsArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_a_row_stands_in_the_audit_trail_with_the_patient_and_in_the_patients_export()
    {
        var batch = await CompletedAsync(RowOf(_patientId, "a"), RowOf($"nobody-{_patientId}", "b"));
        var patientKey = await _app.EnterAsync(_patientId);
        foreach (var row in new[] { 0, 1 })
            Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync($"v1/predictions/{batch.BatchId}.0.{row}")).Status);

        var entries = await _app.EntriesOfAsync("GetPrediction");
        var export = await _app.GetAsync($"v1/patients/{patientKey}/export");

        Assert.Equal(2, entries.Count);
        Assert.All(entries, static entry => Assert.Contains("warfarin/dose@", (string?)entry["models"], StringComparison.Ordinal));
        Assert.All(entries, static entry => Assert.NotNull((string?)entry["knowledge"]));
        var known = Assert.Single(entries, entry => (string?)entry["patientKey"] == patientKey);
        Assert.Equal($"{batch.BatchId}.0.0", (string?)known["resource"]);
        Assert.Single(export.Json["audit"]!.AsArray(), static entry => (string?)entry!["action"] == "GetPrediction");
    }

    [Fact]
    public async Task Rows_of_an_erased_patient_are_erased_in_the_background_and_counted()
    {
        var batch = await CompletedAsync(RowOf(_patientId, "a"), RowOf(null, "b"), RowOf(_patientId, "c").With("/patient/weightKg", -1));
        var later = await HandDelivery.SubmitAsync(_app, RowOf(_patientId, "d").ToString());
        var patientKey = await _app.EnterAsync(_patientId);

        await _app.EraseAsync(patientKey);
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        await _app.TickAsync("ContinueErasures");
        var waiting = await _app.GetAsync($"v1/patients/{patientKey}/erasure");
        await later.DeliverAllAsync();
        await later.ControlAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        await _app.TickAsync("ContinueErasures");
        var done = await _app.GetAsync($"v1/patients/{patientKey}/erasure");

        Assert.Equal(("running", 2), ((string?)waiting.Json["state"], (int)waiting.Json["batchRows"]!));
        Assert.Equal(("completed", 3), ((string?)done.Json["state"], (int)done.Json["batchRows"]!));
        Assert.Equal("b", (string?)Assert.Single(await _app.ResultsAsync(batch.BatchId))["rowId"]);
        Assert.Empty(await _app.ErrorsAsync(batch.BatchId));
        Assert.Empty(await _app.ResultsAsync(later.BatchId));
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/predictions/{batch.BatchId}.0.0")).Status);
        Assert.True((await batch.ReadAsync()).IsInputRemoved);
        Assert.Equal(new BatchRowCounts(3, 3, 1, Erased: 2), (await _app.StatusAsync(batch.BatchId)).Rows);
    }

    [Fact]
    public async Task A_summary_says_how_many_of_the_rows_that_it_counts_were_erased_since()
    {
        var other = $"other-of-{_patientId}";
        var batch = await CompletedAsync(RowOf(_patientId, "a"), RowOf(null, "b"), RowOf(other, "c"), RowOf(_patientId, "d"));

        foreach (var patient in new[] { _patientId, other })
        {
            await _app.EraseAsync(await _app.EnterAsync(patient));
            _app.Clock.Advance(TimeSpan.FromMinutes(6));
            await _app.TickAsync("ContinueErasures");
            await _app.TickAsync("ContinueErasures");
        }

        var summary = (await _app.GetAsync($"v1/batches/{batch.BatchId}/summary")).Json;
        Assert.Equal("""{"total":4,"done":4,"failed":0,"erased":3}""", summary["rows"]!.ToJsonString());
        Assert.Equal(4, (int)summary["cohort"]!["rows"]!);
        Assert.Single(await _app.ResultsAsync(batch.BatchId));
        Assert.Equal(new BatchRowCounts(4, 4, 0, Erased: 3), (await _app.StatusAsync(batch.BatchId)).Rows);
    }

    [Fact]
    public async Task Rows_of_batches_are_exported_with_the_patient()
    {
        var batch = await CompletedAsync(RowOf(_patientId, "a"), RowOf(null, "b"));

        var export = await _app.GetAsync($"v1/patients/{await _app.EnterAsync(_patientId)}/export");

        var row = Assert.Single(export.Json["batchRows"]!.AsArray())!;
        Assert.Equal((batch.BatchId, "a"), ((string?)row["batchId"], (string?)row["result"]!["rowId"]));
    }

    [Fact]
    public async Task Submission_chunks_and_reading_stand_in_the_audit_trail()
    {
        var batch = await CompletedAsync(RowOf(_patientId, "a"), RowOf(null, "b"));
        await _app.ResultsAsync(batch.BatchId);

        var entries = (await _app.GetAsync("v1/audit")).Json["entries"]!.AsArray();

        var submitted = Assert.Single(entries, static entry => (string?)entry!["action"] == "SubmitBatch")!;
        Assert.Equal((batch.BatchId, 2), ((string?)submitted["resource"], (int)submitted["count"]!));
        var chunk = Assert.Single(entries, static entry => (string?)entry!["action"] == "ScoreBatchChunk")!;
        Assert.Equal(($"{batch.BatchId}/0", 2), ((string?)chunk["resource"], (int)chunk["count"]!));
        Assert.Contains("warfarin/dose@", (string?)chunk["models"], StringComparison.Ordinal);
        Assert.Contains(entries, entry => (string?)entry!["action"] == "GetBatchResults" && (string?)entry["resource"] == batch.BatchId);
    }

    private static Body RowOf(string? patientId, string rowId)
    {
        var row = Body.Parse(Cohort.Row(1).ToJsonString()).With("/rowId", rowId);
        return patientId is null ? row : row.With("/patient/id", patientId);
    }

    private static string Submission(string mediaType, string patientId) => mediaType switch
    {
        "application/json" => $"[{RowOf(patientId, "a")}]",
        "text/csv" => $"rowId,patient.id,candidates\na,\"{patientId}\",warfarin\n",
        _ => RowOf(patientId, "a").ToString(),
    };

    private Task<HandDelivery> CompletedAsync(params IEnumerable<Body> rows) => CompletedAsync(string.Join('\n', rows), BatchCalls.NdJson);

    private async Task<HandDelivery> CompletedAsync(string submission, string mediaType)
    {
        var batch = await HandDelivery.OfAsync(_app, (await _app.SubmitAsync(submission, mediaType)).Status().BatchId);
        await batch.DeliverAllAsync();
        await batch.ControlAsync();
        return batch;
    }

    // All that the tenant has in tables and blobs, as text.
    private async Task<IReadOnlyList<string>> StoredAsync()
    {
        var texts = new List<string>();
        foreach (var name in StorageSchema.Tables)
        {
            await foreach (var row in _app.Service<StorageConnection>().Tables.GetTableClient(name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                if ((row.PartitionKey + row.RowKey).Contains(_app.Tenant.ToString(), StringComparison.Ordinal))
                    texts.Add($"{row.PartitionKey} {row.RowKey} {string.Join(' ', row.Select(static property => property.Value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : property.Value))}");
            }
        }

        foreach (var name in StorageSchema.Containers)
        {
            var container = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(name);
            await foreach (var blob in container.GetBlobsAsync(prefix: _app.Tenant.ToString(), cancellationToken: Cancellation))
                texts.Add(blob.Name + Encoding.Latin1.GetString((await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content.ToArray()));
        }

        Assert.Contains(texts, text => text.Contains($"{_app.Tenant}~", StringComparison.Ordinal));
        return texts;
    }
}
