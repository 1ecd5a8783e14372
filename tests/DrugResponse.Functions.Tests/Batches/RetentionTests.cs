using System.Net;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>What is removed when, on storage that holds nothing else.</summary>
public sealed class RetentionTests(QuietStorage storage) : IClassFixture<QuietStorage>, IAsyncLifetime
{
    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await WholeApp.StartReadyAsync(storage.ConnectionString, "DrugResponse:Batches:ChunkRows=10");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Inputs_go_first_and_then_the_whole_batch()
    {
        var batch = await CompletedAsync();
        var input = (await batch.ReadAsync()).Input!.Blob;

        _app.Clock.Advance(TimeSpan.FromMinutes(59));
        await RemoveAsync();
        Assert.Contains(input, await BlobsAsync());
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        await RemoveAsync("0 batches with 0 results, 1 inputs");
        Assert.DoesNotContain(input, await BlobsAsync());
        Assert.Equal(23, (await _app.ResultsAsync(batch.BatchId)).Count);
        await RemoveAsync("0 batches with 0 results, 0 inputs");
        _app.Clock.Advance(TimeSpan.FromDays(365));
        await RemoveAsync("1 batches with 25 results, 0 inputs");

        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/batches/{batch.BatchId}")).Status);
        Assert.DoesNotContain(await BlobsAsync(), name => name.Contains(batch.BatchId, StringComparison.Ordinal));
        foreach (var table in new[] { BatchStore.TableName, BatchChunkStore.TableName, BatchResultStore.TableName })
            Assert.Equal(0, await RowsAsync(table, batch.BatchId));
    }

    [Fact]
    public async Task A_batch_that_has_not_ended_is_kept()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(25));
        await batch.DeliverAsync(1);

        _app.Clock.Advance(TimeSpan.FromDays(4000));
        await RemoveAsync();
        await batch.DeliverAllAsync();
        await batch.ControlAsync();

        Assert.Equal(new BatchRowCounts(25, 25, 0), (await _app.StatusAsync(batch.BatchId)).Rows);
    }

    [Fact]
    public async Task Ages_are_settings()
    {
        await using var app = await WholeApp.StartReadyAsync(
            storage.ConnectionString,
            "DrugResponse:Batches:Retention:Inputs=01:00:00",
            "DrugResponse:Batches:Retention:Results=02:00:00");
        var batch = await CompletedAsync(app);

        app.Clock.Advance(TimeSpan.FromMinutes(121));
        await app.TickAsync("RemoveExpired");
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"v1/batches/{batch.BatchId}")).Status);
    }

    [Theory]
    [InlineData("01:00:00", "04:00:00", 28)]
    [InlineData("2.00:00:00", "04:00:00", 48)]
    [InlineData("365.00:00:00", "04:00:00", 192)]
    [InlineData("01:00:00", "7.00:00:00", 192)]
    public async Task What_became_no_batch_is_kept_like_an_input_but_not_for_longer_than_eight_days(string inputs, string uploads, int hours)
    {
        await using var app = await WholeApp.StartReadyAsync(
            storage.ConnectionString, $"DrugResponse:Batches:Retention:Inputs={inputs}", $"DrugResponse:Batches:UploadLifetime={uploads}");
        await app.GetAsync("health/ready");
        var upload = $"{app.Tenant}/{BatchId.Create(app.Clock.GetUtcNow())}/upload";
        await app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchUploadStore.ContainerName)
            .GetBlobClient(upload)
            .UploadAsync(new BinaryData("x"), Cancellation);

        app.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(5));
        await app.TickAsync("RemoveExpired");
        Assert.Contains(upload, await BlobsAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await app.TickAsync("RemoveExpired");

        Assert.DoesNotContain(upload, await BlobsAsync());
    }

    [Fact]
    public async Task Blobs_that_belong_to_no_batch_are_removed_after_some_days()
    {
        var container = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchInputStore.ContainerName);
        var uploads = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchUploadStore.ContainerName);
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(1));
        var folder = $"{_app.Tenant}/{BatchId.Create(_app.Clock.GetUtcNow())}/";
        await container.GetBlockBlobClient($"{folder}input").StageBlockAsync("MDE=", new MemoryStream([1]), cancellationToken: Cancellation);
        await container.GetBlobClient($"{folder}summary").UploadAsync(new BinaryData("x"), Cancellation);
        await uploads.GetBlobClient($"{folder}upload").UploadAsync(new BinaryData("x"), Cancellation);
        Assert.Equal(4, (await BlobsAsync()).Count(name => name.StartsWith($"{_app.Tenant}/", StringComparison.Ordinal)));

        await RemoveAsync("0 blobs of no batch");
        _app.Clock.Advance(TimeSpan.FromDays(9));
        await RemoveAsync("3 blobs of no batch");

        Assert.Equal([(await batch.ReadAsync()).Input!.Blob], (await BlobsAsync()).Where(name => name.StartsWith($"{_app.Tenant}/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_upload_that_waits_for_its_batch_is_kept()
    {
        var upload = BatchId.Create(_app.Clock.GetUtcNow());
        var uploads = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchUploadStore.ContainerName);
        await _app.GetAsync("health/ready");
        await uploads.GetBlobClient($"{_app.Tenant}/{upload}/upload").UploadAsync(new BinaryData(Cohort.NdJson(3)), Cancellation);
        var batch = (await _app.SubmitAsync([], "text/plain", $"?upload={upload}&input=ndjson")).Status();

        _app.Clock.Advance(TimeSpan.FromDays(9));
        await RemoveAsync();

        Assert.Contains($"{_app.Tenant}/{upload}/upload", await BlobsAsync());
        Assert.Equal(BatchStates.Accepted, (await _app.StatusAsync(batch.BatchId)).State);
    }

    private Task<HandDelivery> CompletedAsync() => CompletedAsync(_app);

    private static async Task<HandDelivery> CompletedAsync(WholeApp app)
    {
        // Before its models are loaded, an app postpones chunks.
        await Eventually.TrueAsync(async () => (await app.GetAsync("health/ready")).Status == HttpStatusCode.OK, "the app is ready");
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(25, 3, 4));
        await batch.DeliverAllAsync();
        await batch.ControlAsync();
        return batch;
    }

    private async Task RemoveAsync(string? expected = null)
    {
        Assert.Equal(HttpStatusCode.OK, (await _app.TickAsync("RemoveExpired")).Status);
        if (expected is not null)
            Assert.Contains(expected, _app.Logs.Lines.Last(static line => line.Contains("Removed for their age", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        var names = new List<string>();
        foreach (var container in new[] { BatchInputStore.ContainerName, BatchUploadStore.ContainerName })
        {
            var client = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(container);
            await foreach (var blob in client.GetBlobsAsync(states: BlobStates.Uncommitted, cancellationToken: Cancellation))
                names.Add(blob.Name);
        }

        return names;
    }

    private async Task<int> RowsAsync(string table, string batchId)
    {
        var count = 0;
        await foreach (var row in new TableClient(storage.ConnectionString, table).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            count += row.PartitionKey.Contains(batchId, StringComparison.Ordinal) || row.RowKey.Contains(batchId, StringComparison.Ordinal) ? 1 : 0;
        return count;
    }
}
