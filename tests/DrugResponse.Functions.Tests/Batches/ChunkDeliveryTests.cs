using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Development;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>What the deliveries of chunk messages do: again, at once, half done before, too often, too late.</summary>
public sealed class ChunkDeliveryTests(QuietStorage storage) : IClassFixture<QuietStorage>, IAsyncLifetime
{
    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await WholeApp.StartReadyAsync(storage.ConnectionString, $"DrugResponse:Batches:ChunkRows={BatchApp.ChunkRows}");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_chunk_that_is_delivered_again_and_at_once_ends_in_the_same_rows()
    {
        var once = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(25, 4));
        await once.DeliverAllAsync();
        var often = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(25, 4));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(delivery => often.DeliverAsync(delivery % 3, dequeueCount: delivery % 2 + 1)));
        await often.DeliverAllAsync();

        Assert.Equal(await TextsAsync(once), await TextsAsync(often));
        Assert.Equal(new BatchRowCounts(25, 25, 1), (await _app.StatusAsync(often.BatchId)).Rows);
    }

    [Fact]
    public async Task A_chunk_that_was_half_done_is_done()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(10, 4));
        var rows = Enumerable.Range(0, 5).Select(static row => new BatchResultRow(row, row + 1, BatchResultKind.Error, "{\"line\":1}"u8.ToArray()));
        await _app.Service<BatchResultStore>().WriteAsync(_app.Tenant, BatchId.Parse(batch.BatchId), 0, [.. rows], Cancellation);

        await batch.DeliverAsync(0, dequeueCount: 2);
        await batch.ControlAsync();

        Assert.Equal(9, (await _app.ResultsAsync(batch.BatchId)).Count);
        Assert.Single(await _app.ErrorsAsync(batch.BatchId));
    }

    [Fact]
    public async Task Chunks_may_come_in_any_order_and_results_are_given_out_up_to_the_first_that_is_missing()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(35, 2, 17, 33));
        foreach (var chunk in new[] { 3, 0, 2 })
            await batch.DeliverAsync(chunk);

        var first = await _app.GetAsync($"v1/batches/{batch.BatchId}/results");
        var status = await _app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Running, new BatchRowCounts(35, 25, 2)), (status.State, status.Rows));
        Assert.NotNull(status.EstimatedFinish);
        Assert.Equal(Enumerable.Range(0, 10).Except([2]).Select(Cohort.Id), first.Lines().Select(static line => (string)line["rowId"]!));
        Assert.Equal([3], (await _app.ErrorsAsync(batch.BatchId)).Select(static line => (int)line["line"]!));
        var next = Assert.Single(first.Headers.GetValues("Link"));
        Assert.Equal($"</api/v1/batches/{batch.BatchId}/results?after=10&format=ndjson>; rel=\"next\"", next);

        await batch.DeliverAsync(1);
        await batch.ControlAsync();

        var rest = await _app.GetAsync(next.Split('<', '>')[1]["/api/".Length..]);
        Assert.Equal(Enumerable.Range(10, 25).Except([17, 33]).Select(Cohort.Id), rest.Lines().Select(static line => (string)line["rowId"]!));
        Assert.False(rest.Headers.Contains("Link"));
        Assert.Equal(BatchStates.CompletedWithErrors, (await _app.StatusAsync(batch.BatchId)).State);
    }

    [Theory]
    [InlineData("results")]
    [InlineData("errors")]
    public async Task Pages_of_csv_read_along_the_links_make_the_file_that_is_read_at_the_end(string kind)
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(35, 17, 33));
        var (pages, next) = (new List<string>(), (string?)$"v1/batches/{batch.BatchId}/{kind}?format=csv");
        for (var chunk = 0; next is not null; chunk++)
        {
            var page = await _app.GetAsync(next);
            pages.Add(page.Text);
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1]["/api/".Length..] : null;
            if (chunk < batch.Chunks)
                await batch.DeliverAsync(chunk);
            else
                await batch.ControlAsync();
        }

        Assert.Equal("", pages[0]);
        Assert.StartsWith("rowId,line,", pages[1], StringComparison.Ordinal);
        Assert.Equal((await _app.GetAsync($"v1/batches/{batch.BatchId}/{kind}?format=csv")).Text, string.Concat(pages));
    }

    [Fact]
    public async Task Rows_that_fail_together_again_and_again_are_halved()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(10));
        await _app.TakeChunkMessagesAsync(batch.BatchId);

        Assert.Equal(HttpStatusCode.OK, (await batch.DeliverAsync(0, dequeueCount: 3)).Status);

        var halves = await _app.TakeChunkMessagesAsync(batch.BatchId);
        Assert.Equal([new BatchPart(0, 0, 5), new BatchPart(0, 5, 10)], halves.Select(static half => half.Part).Order(PartOrder));
        Assert.Equal(0, (await _app.StatusAsync(batch.BatchId)).Rows.Done);
        foreach (var half in halves)
            await batch.DeliverAsync(half);
        await batch.ControlAsync();
        Assert.Equal((BatchStates.Completed, new BatchRowCounts(10, 10, 0)), (await _app.StatusAsync(batch.BatchId) is var end ? (end.State, end.Rows) : default));
        Assert.Equal(Enumerable.Range(0, 10).Select(Cohort.Id), (await _app.ResultsAsync(batch.BatchId)).Select(static line => (string)line["rowId"]!));
    }

    [Fact]
    public async Task The_row_that_fails_alone_gets_an_error_and_the_others_their_results()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(10));

        await batch.DeliverAsync(0, from: 0, to: 6);
        Assert.Equal(HttpStatusCode.OK, (await batch.DeliverAsync(0, dequeueCount: 5, from: 6, to: 7)).Status);
        await batch.DeliverAsync(0, from: 7, to: 10);
        await batch.ControlAsync();

        Assert.Equal(new BatchRowCounts(10, 10, 1), (await _app.StatusAsync(batch.BatchId)).Rows);
        var error = Assert.Single(await _app.ErrorsAsync(batch.BatchId));
        Assert.Equal(("P-6", 7), ((string)error["rowId"]!, (int)error["line"]!));
        Assert.Contains("The service failed", (string)error["errors"]![""]![0]!, StringComparison.Ordinal);
        Assert.Equal(9, (await _app.ResultsAsync(batch.BatchId)).Count);
    }

    [Fact]
    public async Task A_single_row_has_four_attempts()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(1));

        await batch.DeliverAsync(0, dequeueCount: 4);

        Assert.Single(await _app.ResultsAsync(batch.BatchId));
    }

    [Fact]
    public async Task A_row_that_was_scored_after_all_keeps_its_result()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(10));
        await batch.DeliverAsync(0);

        await batch.DeliverAsync(0, dequeueCount: 5, from: 6, to: 7);
        await batch.ControlAsync();

        Assert.Equal(new BatchRowCounts(10, 10, 0), (await _app.StatusAsync(batch.BatchId)).Rows);
        Assert.Equal(10, (await _app.ResultsAsync(batch.BatchId)).Count);
    }

    [Fact]
    public async Task A_whole_chunk_that_finishes_after_its_parts_counts_once()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(10, 8));
        await batch.DeliverAsync(0, from: 0, to: 5);
        await batch.DeliverAsync(0, dequeueCount: 5, from: 5, to: 6);
        Assert.Equal(new BatchRowCounts(10, 6, 1), (await _app.StatusAsync(batch.BatchId)).Rows);

        await batch.DeliverAsync(0);
        await batch.ControlAsync();

        Assert.Equal(new BatchRowCounts(10, 10, 1), (await _app.StatusAsync(batch.BatchId)).Rows);
        Assert.Equal(9, (await _app.ResultsAsync(batch.BatchId)).Count);
    }

    [Fact]
    public async Task Without_its_input_the_batch_fails_and_says_so()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(25));
        await batch.DeliverAsync(0);
        await _app.Service<BatchInputStore>().DeleteAsync((await batch.ReadAsync()).Input!.Blob, Cancellation);

        Assert.Equal(HttpStatusCode.OK, (await batch.DeliverAsync(1)).Status);
        await batch.ControlAsync();

        var status = await _app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Failed, new BatchRowCounts(25, 10, 0)), (status.State, status.Rows));
        Assert.Contains("input", status.Problem!.Title, StringComparison.Ordinal);
        Assert.Equal(10, (await _app.ResultsAsync(batch.BatchId)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_whose_chunks_cannot_be_handed_out_for_lack_of_its_input_fails_and_says_so(bool isDispatched)
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(25));
        await _app.Service<BatchStore>().ChangeAsync(
            _app.Tenant, BatchId.Parse(batch.BatchId), current => isDispatched ? current : current with { DispatchedChunks = 1 }, Cancellation);
        await _app.Service<BatchInputStore>().DeleteAsync((await batch.ReadAsync()).Input!.Blob, Cancellation);
        _app.Clock.Advance(TimeSpan.FromHours(1));

        await batch.ControlAsync();
        await batch.ControlAsync();

        var status = await _app.StatusAsync(batch.BatchId);
        Assert.Equal(BatchStates.Failed, status.State);
        Assert.Contains("input", status.Problem!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_goes_on_after_the_batch_has_ended_changes_nothing()
    {
        var reads = new FrozenRead("/input");
        await using var app = await WholeApp.StartReadyAsync(
            storage.ConnectionString,
            services => services.AddSingleton(
                new StorageConnection(new StorageOptions { ConnectionString = storage.ConnectionString, Policies = [reads] })),
            $"DrugResponse:Batches:ChunkRows={BatchApp.ChunkRows}");
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(2));
        reads.Freeze();
        var frozen = batch.DeliverAsync(0);
        await reads.Frozen;
        await batch.DeliverAsync(0, dequeueCount: 5, to: 1);
        await batch.DeliverAsync(0, from: 1);
        await batch.ControlAsync();

        reads.Thaw();
        await frozen;

        Assert.Equal((BatchStates.CompletedWithErrors, new BatchRowCounts(2, 2, 1)), (await app.StatusAsync(batch.BatchId) is var end ? (end.State, end.Rows) : default));
        Assert.Equal("P-0", (string)Assert.Single(await app.ErrorsAsync(batch.BatchId))["rowId"]!);
        Assert.Equal("P-1", (string)Assert.Single(await app.ResultsAsync(batch.BatchId))["rowId"]!);
    }

    [Fact]
    public async Task A_row_whose_error_was_replaced_after_all_is_read_once()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(2));
        await batch.DeliverAsync(0, dequeueCount: 5, to: 1);
        await batch.DeliverAsync(0, from: 1);
        await batch.ControlAsync();

        var late = new BatchResultRow(0, 1, BatchResultKind.Result, "{\"rowId\":\"P-0\",\"line\":1}"u8.ToArray());
        await _app.Service<BatchResultStore>().WriteAsync(_app.Tenant, BatchId.Parse(batch.BatchId), 0, [late], Cancellation);

        Assert.Equal(["P-0", "P-1"], (await _app.ResultsAsync(batch.BatchId)).Select(static line => (string)line["rowId"]!));
        Assert.Empty(await _app.ErrorsAsync(batch.BatchId));
    }

    [Fact]
    public async Task Without_models_a_chunk_is_postponed_and_loses_no_attempt()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var without = await WholeApp.StartAsync(emulator.ConnectionString, [.. WholeApp.Production]);
        var batch = await HandDelivery.SubmitAsync(without, Cohort.NdJson(3));
        await without.TakeChunkMessagesAsync(batch.BatchId);

        Assert.Equal(HttpStatusCode.OK, (await batch.DeliverAsync(0)).Status);

        Assert.Equal(0, (await without.StatusAsync(batch.BatchId)).Rows.Done);
        var queue = without.Service<DrugResponse.Storage.StorageConnection>().Queues.GetQueueClient(BatchQueues.ChunkQueueName);
        Assert.Equal(2, (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Messages_that_make_no_sense_fail(string body)
    {
        foreach (var function in new[] { "ScoreBatchChunk", "AdvanceBatch" })
        {
            var answer = await _app.DeliverAsync(System.Text.Encoding.UTF8.GetBytes(body), "message", function: function);

            Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        }
    }

    [Fact]
    public async Task Messages_of_batches_that_are_gone_are_done_with()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(3));
        await _app.Service<BatchStore>().DeleteAsync(_app.Tenant, BatchId.Parse(batch.BatchId), Cancellation);

        Assert.Equal(HttpStatusCode.OK, (await batch.DeliverAsync(0)).Status);
        await batch.ControlAsync("any");
    }

    private static Comparer<BatchPart> PartOrder => Comparer<BatchPart>.Create(static (a, b) => a.From.CompareTo(b.From));

    private async Task<IReadOnlyList<string>> TextsAsync(HandDelivery batch)
    {
        await batch.ControlAsync();
        var lines = (await _app.ResultsAsync(batch.BatchId)).Concat(await _app.ErrorsAsync(batch.BatchId));
        return [.. lines.Select(line => line.ToJsonString().Replace(batch.BatchId, "", StringComparison.Ordinal).Split("\"createdAt\"")[0])];
    }

    /// <summary>Holds one read of a blob up.</summary>
    private sealed class FrozenRead(string blob) : HttpPipelinePolicy
    {
        private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _thawed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _next;

        public Task Frozen => _frozen.Task;

        public void Freeze() => _next = 1;

        public void Thaw() => _thawed.SetResult();

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Method == RequestMethod.Get
                && message.Request.Uri.Path.EndsWith(blob, StringComparison.Ordinal)
                && Interlocked.Exchange(ref _next, 0) == 1)
            {
                _frozen.SetResult();
                await _thawed.Task;
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
