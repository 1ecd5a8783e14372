using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Audit;
using DrugResponse.Functions.Tests.Patients;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>A row that is damaged, or whose key is gone, harms nothing but itself. On storage that holds nothing else.</summary>
public sealed class DamageTests(QuietStorage storage) : IClassFixture<QuietStorage>, IAsyncLifetime
{
    private readonly string _patientId = $"MRN-{Guid.NewGuid():N}";
    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _app = await WholeApp.StartReadyAsync(storage.ConnectionString, "DrugResponse:Batches:ChunkRows=10");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData(40)]
    [InlineData(1)]
    public async Task A_batch_that_cannot_be_read_is_listed_as_such_erased_from_and_removed(int damagedByte)
    {
        var whole = await CompletedAsync(2);
        var broken = await CompletedAsync(2);
        var patientKey = await _app.EnterAsync(_patientId);
        await DamageAsync(BatchStore.TableName, broken.BatchId, "Request", damagedByte);

        var listed = (await _app.GetAsync("v1/batches")).Json["batches"]!.AsArray().ToDictionary(
            static batch => (string)batch!["batchId"]!, static batch => (bool?)batch!["unreadable"]);
        var results = await _app.ResultsAsync(broken.BatchId);
        await _app.EraseAsync(patientKey);
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        var tick = await _app.TickAsync("ContinueErasures");
        var status = await _app.StatusAsync(broken.BatchId);
        var erasure = await _app.GetAsync($"v1/patients/{patientKey}/erasure");
        _app.Clock.Advance(TimeSpan.FromDays(366));
        var removal = await _app.TickAsync("RemoveExpired");

        Assert.Equal((null, true), (listed[whole.BatchId], listed[broken.BatchId]));
        Assert.Equal(2, results.Count);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (tick.Status, removal.Status));
        Assert.Equal((BatchStates.Completed, true), (status.State, status.Unreadable));
        Assert.Equal(new BatchRowCounts(2, 2, 0, Erased: 1), status.Rows);
        Assert.Equal(("completed", 2), ((string?)erasure.Json["state"], (int)erasure.Json["batchRows"]!));
        foreach (var batch in new[] { whole, broken })
            Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/batches/{batch.BatchId}")).Status);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_read_can_be_cancelled()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(3));
        await DamageAsync(BatchStore.TableName, batch.BatchId, "Request", 40);

        var cancelled = await _app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/batches/{batch.BatchId}"));
        _app.Clock.Advance(TimeSpan.FromMinutes(10));
        await batch.ControlAsync();

        Assert.Equal(HttpStatusCode.Accepted, cancelled.Status);
        Assert.Equal(BatchStates.Cancelled, (await _app.StatusAsync(batch.BatchId)).State);
    }

    [Fact]
    public async Task An_erasure_that_fails_stays_open_and_fails_the_run_but_not_the_others()
    {
        var key = PatientKey.New();
        var broken = new Erasure(TenantName.Parse("0"), key, _app.Clock.GetUtcNow(), "key:1", CompletedAt: null, ErasedCounts.None);
        var erasures = _app.Service<ErasureStore>();
        await erasures.OpenAsync(broken, [], Cancellation);
        var table = _app.Service<StorageConnection>().Tables.GetTableClient(ErasureStore.TableName);
        await table.UpsertEntityAsync(new TableEntity("0", key.ToString()) { ["Predictions"] = "many" }, cancellationToken: Cancellation);
        var patientKey = (await _app.PredictAsync(Body.Warfarin())).Prediction.PatientKey;
        await _app.EraseAsync(patientKey);
        _app.Clock.Advance(TimeSpan.FromMinutes(6));

        var tick = await _app.TickAsync("ContinueErasures");
        var whole = await _app.GetAsync($"v1/patients/{patientKey}/erasure");
        await table.UpsertEntityAsync(new TableEntity("0", key.ToString()) { ["Predictions"] = 3L }, cancellationToken: Cancellation);
        var again = await _app.TickAsync("ContinueErasures");

        Assert.Equal(HttpStatusCode.InternalServerError, tick.Status);
        Assert.Equal("completed", (string?)whole.Json["state"]);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.NotNull((await erasures.FindAsync(broken.Tenant, key, Cancellation))!.CompletedAt);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_removed_fails_the_run_but_not_the_others()
    {
        var (broken, whole) = (await CompletedAsync(1), await CompletedAsync(1));
        var table = _app.Service<StorageConnection>().Tables.GetTableClient(BatchStore.TableName);
        var row = (await table.GetEntityAsync<TableEntity>(_app.Tenant.ToString(), broken.BatchId, cancellationToken: Cancellation)).Value;
        var blob = row.GetString("InputBlob");
        row["InputBlob"] = "";
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
        _app.Clock.Advance(TimeSpan.FromDays(366));

        var tick = await _app.TickAsync("RemoveExpired");
        var entry = Assert.Single(await _app.EntriesOfAsync("RemoveExpired"));
        row["InputBlob"] = blob!;
        await table.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        var again = await _app.TickAsync("RemoveExpired");

        Assert.Equal(HttpStatusCode.InternalServerError, tick.Status);
        Assert.Equal("unfinished", (string?)entry["outcome"]);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/batches/{whole.BatchId}")).Status);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/batches/{broken.BatchId}")).Status);
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task A_result_that_cannot_be_read_is_named_and_everything_else_can_be(string format)
    {
        var batch = await CompletedAsync(4);
        var patientKey = await _app.EnterAsync(_patientId);
        await DamageAsync(BatchResultStore.TableName, batch.BatchId, null, 40, "0000000002");
        var results = $"v1/batches/{batch.BatchId}/results?format={format}";

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _app.GetAsync(results));
        var there = await _app.GetAsync($"{results}&after=2");
        var behind = await _app.GetAsync($"{results}&after=3");
        var export = await _app.GetAsync($"v1/patients/{patientKey}/export");
        await DamageAsync(BatchResultStore.TableName, batch.BatchId, null, 40, "0000000000");
        var alone = await _app.GetAsync($"v1/predictions/{batch.BatchId}.0.0");
        var damaged = (await _app.GetAsync($"v1/patients/{patientKey}/export")).Json["batchRows"]!.AsArray();

        var problem = there.AssertProblem(HttpStatusCode.Gone, ProblemTypes.RowDamaged);
        Assert.Contains("line 3 of the input", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("P-3", behind.Text, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(export.Json["batchRows"]!.AsArray())!["result"]);
        Assert.Contains(
            "line 1 of the input",
            alone.AssertProblem(HttpStatusCode.Gone, ProblemTypes.RowDamaged).Detail,
            StringComparison.Ordinal);
        Assert.True((bool)Assert.Single(damaged)!["unreadable"]!);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_batch_with_a_tally_that_cannot_be_read_ends_without_a_summary(bool isGone, bool isCancelled)
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(3));
        await batch.DeliverAllAsync();
        await DamageTallyAsync(batch.BatchId, isGone);
        if (isCancelled)
        {
            await _app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/batches/{batch.BatchId}"));
            _app.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await batch.ControlAsync();
        var status = await _app.StatusAsync(batch.BatchId);
        var summary = await _app.GetAsync($"v1/batches/{batch.BatchId}/summary");
        var unsettled = await _app.Service<BatchStore>().ListUnsettledAsync(Cancellation).ToListAsync(Cancellation);

        Assert.Equal((isCancelled ? BatchStates.Cancelled : BatchStates.Completed, new BatchRowCounts(3, 3, 0)), (status.State, status.Rows));
        Assert.Equal(new BatchCounts(3, 0), (await batch.ReadAsync()).FinalCounts);
        Assert.DoesNotContain(unsettled, other => other.Id.ToString() == batch.BatchId);
        Assert.Contains(
            "summary", summary.AssertProblem(HttpStatusCode.InternalServerError, ProblemTypes.InternalError).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_summary_that_cannot_be_read_is_made_anew()
    {
        var batch = await CompletedAsync(2);
        var before = await _app.GetAsync($"v1/batches/{batch.BatchId}/summary");
        var container = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchInputStore.ContainerName);
        var names = await container.GetBlobsAsync(cancellationToken: Cancellation).Select(static blob => blob.Name).ToListAsync(Cancellation);
        var name = names.Single(name => name.Contains(batch.BatchId, StringComparison.Ordinal) && name.EndsWith("summary", StringComparison.Ordinal));
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString("damaged"), overwrite: true, Cancellation);

        var after = await _app.GetAsync($"v1/batches/{batch.BatchId}/summary");

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(before.Text, after.Text);
    }

    // The first row is about the patient.
    private async Task<HandDelivery> CompletedAsync(int rows)
    {
        var first = Cohort.Row(0);
        first["patient"]!["id"] = _patientId;
        var body = string.Join('\n', Enumerable.Range(1, rows - 1).Select(static index => Cohort.Row(index).ToJsonString()).Prepend(first.ToJsonString()));
        var batch = await HandDelivery.SubmitAsync(_app, body);
        await batch.DeliverAllAsync();
        await batch.ControlAsync();
        return batch;
    }

    private async Task DamageTallyAsync(string batchId, bool isGone)
    {
        var table = _app.Service<StorageConnection>().Tables.GetTableClient(BatchChunkStore.TableName);
        var partition = $"{_app.Tenant}~{batchId}";
        var row = await table
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: Cancellation)
            .SingleAsync(Cancellation);
        var property = row.First(static pair => pair.Value is byte[]).Key;
        if (isGone)
            row["ContentBlob"] = "gone";
        else
            row[property] = row.GetBinary(property)!.Reverse().ToArray();
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
    }

    // Turns a bit over: byte 1 holds the version of the key.
    private async Task DamageAsync(string tableName, string batchId, string? property, int index, string? rowKey = null)
    {
        var table = _app.Service<StorageConnection>().Tables.GetTableClient(tableName);
        var partition = rowKey is null ? _app.Tenant.ToString() : $"{_app.Tenant}~{batchId}~0000000";
        var row = (await table.GetEntityAsync<TableEntity>(partition, rowKey ?? batchId, cancellationToken: Cancellation)).Value;
        property ??= row.First(static pair => pair.Value is byte[]).Key;
        var bytes = row.GetBinary(property)!;
        bytes[index] ^= 64;
        row[property] = bytes;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
    }
}
