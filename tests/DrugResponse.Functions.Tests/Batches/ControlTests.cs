using System.Net;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>What looking after a batch does: resume, hand out again, end, cancel; and that one at a time does it.</summary>
public sealed class ControlTests(QuietStorage storage) : IClassFixture<QuietStorage>, IAsyncLifetime
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromMinutes(15);

    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await WholeApp.StartReadyAsync(storage.ConnectionString, $"DrugResponse:Batches:ChunkRows={BatchApp.ChunkRows}");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_dispatch_that_died_half_way_is_resumed_where_it_was()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(45));
        await _app.TakeChunkMessagesAsync(batch.BatchId);
        await ChangeAsync(batch, static record => record with { State = BatchStates.Accepted, DispatchedChunks = 2 });

        await batch.ControlAsync();
        Assert.Empty(await _app.TakeChunkMessagesAsync(batch.BatchId));
        _app.Clock.Advance(TimeSpan.FromSeconds(16));
        await batch.ControlAsync();

        Assert.Equal([2, 3, 4], (await _app.TakeChunkMessagesAsync(batch.BatchId)).Select(static message => message.Chunk.Number).Order());
        Assert.Equal(BatchStates.Running, (await _app.StatusAsync(batch.BatchId)).State);
    }

    [Fact]
    public async Task Chunks_whose_messages_were_lost_are_handed_out_again()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(45));
        await _app.TakeChunkMessagesAsync(batch.BatchId);
        await batch.DeliverAsync(1);
        await batch.DeliverAsync(3, from: 0, to: 5);
        await batch.DeliverAsync(4);

        _app.Clock.Advance(StallTimeout - TimeSpan.FromMinutes(1));
        await batch.ControlAsync();
        Assert.Empty(await _app.TakeChunkMessagesAsync(batch.BatchId));
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        await batch.ControlAsync();

        Assert.Equal([0, 2, 3], (await _app.TakeChunkMessagesAsync(batch.BatchId)).Select(static message => message.Chunk.Number).Order());
        _app.Clock.Advance(StallTimeout + TimeSpan.FromMinutes(1));
        await batch.ControlAsync();
        Assert.Empty(await _app.TakeChunkMessagesAsync(batch.BatchId));
        _app.Clock.Advance(StallTimeout);
        await batch.ControlAsync();
        Assert.Equal(3, (await _app.TakeChunkMessagesAsync(batch.BatchId)).Count);
    }

    [Fact]
    public async Task A_message_that_does_not_count_does_nothing()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        await batch.DeliverAllAsync();

        await batch.ControlAsync("another");

        Assert.Equal(BatchStates.Running, (await _app.StatusAsync(batch.BatchId)).State);
    }

    [Fact]
    public async Task Of_a_message_that_is_delivered_several_times_one_goes_on()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        var token = (await batch.ReadAsync()).ControlToken;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => batch.ControlAsync(token)));

        var record = await batch.ReadAsync();
        Assert.Single((await SentTokensAsync(batch)).Where(sent => sent != token), record.IsLive);
    }

    [Fact]
    public async Task A_message_whose_successor_was_never_sent_goes_on()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        var token = (await batch.ReadAsync()).ControlToken;
        await ChangeAsync(batch, static record => record with { NextControlToken = "never sent" });
        await batch.DeliverAllAsync();

        await batch.ControlAsync(token);

        Assert.Equal(BatchStates.Completed, (await _app.StatusAsync(batch.BatchId)).State);
    }

    [Fact]
    public async Task Once_its_successor_has_come_a_message_does_not_count_any_more()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        var first = (await batch.ReadAsync()).ControlToken;
        await batch.ControlAsync(first);
        await batch.ControlAsync();

        await batch.DeliverAllAsync();
        await batch.ControlAsync(first);

        Assert.Equal(BatchStates.Running, (await _app.StatusAsync(batch.BatchId)).State);
    }

    [Fact]
    public async Task A_batch_that_nobody_looks_after_any_more_is_resumed()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        var before = await batch.ReadAsync();

        await _app.TickAsync("ResumeBatches");
        Assert.Equal(before.ControlToken, (await batch.ReadAsync()).ControlToken);
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await _app.TickAsync("ResumeBatches")).Status);

        var after = await batch.ReadAsync();
        Assert.NotEqual(before.ControlToken, after.ControlToken);
        await batch.DeliverAllAsync();
        await batch.ControlAsync(before.ControlToken);
        Assert.False((await batch.ReadAsync()).IsFinal);
        await batch.ControlAsync();
        Assert.True((await batch.ReadAsync()).IsFinal);
    }

    [Fact]
    public async Task A_settled_batch_is_left_alone()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        await batch.DeliverAllAsync();
        await batch.ControlAsync();
        var settled = await batch.ReadAsync();

        _app.Clock.Advance(TimeSpan.FromDays(1));
        await _app.TickAsync("ResumeBatches");

        Assert.Equal(settled.ETag, (await batch.ReadAsync()).ETag);
    }

    [Fact]
    public async Task What_was_announced_and_never_committed_is_forgotten()
    {
        var store = _app.Service<BatchStore>();
        var record = (await (await HandDelivery.SubmitAsync(_app, Cohort.NdJson(1))).ReadAsync()) with { Id = BatchId.Create(_app.Clock.GetUtcNow()) };
        await store.AddAsync(record, Cancellation);
        await new DrugResponse.Storage.Tables.TableClient(storage.ConnectionString, BatchStore.TableName)
            .DeleteEntityAsync(_app.Tenant.ToString(), record.Id.ToString(), cancellationToken: Cancellation);

        await _app.TickAsync("ResumeBatches");
        Assert.Contains(record.Id, await UnsettledAsync(store));
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await _app.TickAsync("ResumeBatches");

        Assert.DoesNotContain(record.Id, await UnsettledAsync(store));
    }

    [Fact]
    public async Task A_batch_that_takes_an_old_id_is_not_forgotten_while_it_is_committed()
    {
        var store = _app.Service<BatchStore>();
        var now = _app.Clock.GetUtcNow();
        var record = (await (await HandDelivery.SubmitAsync(_app, Cohort.NdJson(1))).ReadAsync()) with
        {
            Id = BatchId.Create(now.AddHours(-20)), ControlDueAt = now,
        };
        await store.AddAsync(record, Cancellation);
        await new DrugResponse.Storage.Tables.TableClient(storage.ConnectionString, BatchStore.TableName)
            .DeleteEntityAsync(_app.Tenant.ToString(), record.Id.ToString(), cancellationToken: Cancellation);

        await _app.TickAsync("ResumeBatches");

        Assert.Contains(record.Id, await UnsettledAsync(store));
    }

    [Fact]
    public async Task A_batch_that_failed_keeps_its_counts()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(25, 3));
        await batch.DeliverAsync(0);
        await _app.Service<BatchInputStore>().DeleteAsync((await batch.ReadAsync()).Input!.Blob, Cancellation);
        await batch.DeliverAsync(1);

        await batch.ControlAsync();

        Assert.Equal(BatchStates.Failed, (await _app.StatusAsync(batch.BatchId)).State);
        Assert.Equal(new BatchCounts(10, 1), (await batch.ReadAsync()).FinalCounts);
    }

    [Fact]
    public async Task A_cancelled_batch_begins_no_chunk_and_keeps_what_is_done()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(45, 3));
        await batch.DeliverAsync(0);
        await batch.DeliverAsync(2);

        var cancel = await CancelAsync(batch);
        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancellation);
        await batch.DeliverAsync(1);
        await batch.ControlAsync();
        Assert.Equal((HttpStatusCode.Accepted, true, BatchStates.Running), (cancel.Status, cancel.Status().CancelRequested, cancel.Status().State));
        Assert.Equal(BatchStates.Running, (await _app.StatusAsync(batch.BatchId)).State);
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        await batch.ControlAsync();

        var end = await _app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Cancelled, new BatchRowCounts(45, 20, 1)), (end.State, end.Rows));
        Assert.Equal(new BatchCounts(20, 1), (await batch.ReadAsync()).FinalCounts);
        Assert.NotNull(await _app.Service<BatchSummaryStore>().ReadAsync(_app.Tenant, BatchId.Parse(batch.BatchId), Cancellation));
        Assert.Equal(
            Enumerable.Range(0, 10).Except([3]).Concat(Enumerable.Range(20, 10)).Select(Cohort.Id),
            (await _app.ResultsAsync(batch.BatchId)).Select(static line => (string)line["rowId"]!));
        Assert.Single(await _app.ErrorsAsync(batch.BatchId));
        Assert.Equal(19, (int)(await _app.GetAsync($"v1/batches/{batch.BatchId}/summary")).Json["cohort"]!["rows"]!);
    }

    [Fact]
    public async Task A_batch_that_has_ended_cannot_be_cancelled()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        await batch.DeliverAllAsync();
        await batch.ControlAsync();

        var cancel = await CancelAsync(batch);

        Assert.Equal((HttpStatusCode.OK, BatchStates.Completed, false), (cancel.Status, cancel.Status().State, cancel.Status().CancelRequested));
    }

    [Fact]
    public async Task Cancelling_twice_changes_nothing()
    {
        var batch = await HandDelivery.SubmitAsync(_app, Cohort.NdJson(5));
        await CancelAsync(batch);
        var first = await batch.ReadAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await CancelAsync(batch)).Status);

        Assert.Equal(first.ETag, (await batch.ReadAsync()).ETag);
    }

    private async Task<IReadOnlyList<string>> SentTokensAsync(HandDelivery batch)
    {
        var queue = _app.Service<DrugResponse.Storage.StorageConnection>().Queues.GetQueueClient(BatchQueues.ControlQueueName);
        var tokens = new List<string>();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(1), Cancellation)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                if (BatchControlMessage.TryParse(message.Body.ToMemory().Span, out var control) && control.BatchId == batch.BatchId)
                    tokens.Add(control.Token);
            }
        }

        return tokens;
    }

    private Task<Answer> CancelAsync(HandDelivery batch) =>
        _app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/batches/{batch.BatchId}"));

    private Task ChangeAsync(HandDelivery batch, Func<BatchRecord, BatchRecord> change) =>
        _app.Service<BatchStore>().ChangeAsync(_app.Tenant, BatchId.Parse(batch.BatchId), change, Cancellation);

    private static async Task<IReadOnlyList<BatchId>> UnsettledAsync(BatchStore store)
    {
        var ids = new List<BatchId>();
        await foreach (var (_, id) in store.ListUnsettledAsync(Cancellation))
            ids.Add(id);
        return ids;
    }
}
