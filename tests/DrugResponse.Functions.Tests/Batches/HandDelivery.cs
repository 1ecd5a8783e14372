using System.Net;
using System.Text.Json;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Carries a batch out by hand on an app that listens to no queue: each message when, and as often as, a test wants it.</summary>
internal sealed class HandDelivery
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly WholeApp _app;
    private readonly BatchRecord _batch;
    private readonly IReadOnlyList<BatchChunk> _chunks;

    private HandDelivery(WholeApp app, BatchRecord batch, IReadOnlyList<BatchChunk> chunks) => (_app, _batch, _chunks) = (app, batch, chunks);

    public string BatchId => _batch.Id.ToString();

    public int Chunks => _chunks.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Submits a cohort; its messages stay in the queue.</summary>
    public static async Task<HandDelivery> SubmitAsync(WholeApp app, string body, string query = "")
    {
        var accepted = await app.SubmitAsync(body, query: query);
        return await OfAsync(app, accepted.Status().BatchId);
    }

    /// <summary>Goes on with a batch that was submitted. While its upload is not read it has no chunks.</summary>
    public static async Task<HandDelivery> OfAsync(WholeApp app, string batchId)
    {
        var batch = (await app.Service<BatchStore>().GetAsync(app.Tenant, Storage.Batches.BatchId.Parse(batchId), Cancellation))!;
        return new HandDelivery(app, batch, batch.Input is { } input ? await app.Service<BatchInputStore>().ReadIndexAsync(input, Cancellation) : []);
    }

    /// <summary>The batch as it now is.</summary>
    public async Task<BatchRecord> ReadAsync() => (await _app.Service<BatchStore>().GetAsync(_app.Tenant, _batch.Id, Cancellation))!;

    /// <summary>Delivers a chunk, or a part of it.</summary>
    public Task<Answer> DeliverAsync(int chunk, int dequeueCount = 1, int from = 0, int? to = null) =>
        DeliverAsync(
            new BatchChunkMessage
            {
                Tenant = _app.Tenant.ToString(),
                BatchId = BatchId,
                Blob = _batch.Input!.Blob,
                Chunk = _chunks[chunk],
                From = from,
                To = to ?? _chunks[chunk].Rows,
            },
            dequeueCount);

    /// <summary>Delivers a message about a chunk; unless said otherwise to the app of the batch.</summary>
    public Task<Answer> DeliverAsync(BatchChunkMessage message, int dequeueCount = 1, WholeApp? to = null) =>
        (to ?? _app).DeliverAsync(JsonSerializer.SerializeToUtf8Bytes(message, Json), "message", dequeueCount, "ScoreBatchChunk");

    /// <summary>
    /// Delivers the batch's live control message, or one of another token. It must go well. Unless said otherwise it goes to the app of the
    /// batch.
    /// </summary>
    public async Task<Answer> ControlAsync(string? token = null, WholeApp? to = null)
    {
        var answer = await TryControlAsync(token, to: to);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    /// <summary>Delivers a control message, whatever comes of it.</summary>
    public async Task<Answer> TryControlAsync(string? token = null, int dequeueCount = 1, WholeApp? to = null)
    {
        var message = new BatchControlMessage { Tenant = _app.Tenant.ToString(), BatchId = BatchId, Token = token ?? (await LiveTokenAsync()) };
        return await (to ?? _app).DeliverAsync(JsonSerializer.SerializeToUtf8Bytes(message, Json), "message", dequeueCount, "AdvanceBatch");
    }

    /// <summary>The token of the message that was sent last.</summary>
    public async Task<string> LiveTokenAsync() => await ReadAsync() is var batch && batch.NextControlToken is { } next ? next : batch.ControlToken;

    /// <summary>Delivers all chunks.</summary>
    public async Task DeliverAllAsync()
    {
        for (var chunk = 0; chunk < Chunks; chunk++)
            Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(chunk)).Status);
    }
}

/// <summary>Looks at the queues of batches.</summary>
internal static class BatchQueueLook
{
    /// <summary>Takes the messages of a batch out of the chunk queue, those of others too.</summary>
    public static async Task<IReadOnlyList<BatchChunkMessage>> TakeChunkMessagesAsync(this WholeApp app, string batchId)
    {
        var queue = app.Service<StorageConnection>().Queues.GetQueueClient(BatchQueues.ChunkQueueName);
        var messages = new List<BatchChunkMessage>();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken)).Value is { Length: > 0 } taken)
        {
            foreach (var message in taken)
            {
                if (BatchChunkMessage.TryParse(message.Body.ToMemory().Span, out var chunk) && chunk.BatchId == batchId)
                    messages.Add(chunk);
            }
        }

        return messages;
    }
}
