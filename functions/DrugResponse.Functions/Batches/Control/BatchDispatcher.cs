using DrugResponse.Contracts.Batches;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>Hands the chunks of a batch to the queue. A chunk that is handed out twice is done once. Thread-safe.</summary>
internal sealed partial class BatchDispatcher(BatchStores stores, KeyWait keyWait, TimeProvider clock, ILogger<BatchDispatcher> logger)
{
    private const int GroupSize = 64;
    private const int Parallelism = 8;

    /// <summary>Hands out the chunks behind the cursor, group by group, and moves the cursor on.</summary>
    /// <param name="batch">The batch; without an input there is nothing to hand out yet.</param>
    /// <param name="cancellationToken">Ends the work; it can be resumed.</param>
    /// <returns>The batch as it is then: running, unless it was stopped or its input is lost.</returns>
    public async Task<BatchRecord> DispatchAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (batch.Input is not { } input)
            return batch;

        if (await ReadIndexAsync(batch, input, cancellationToken) is not { } chunks)
            return batch;
        while (!batch.IsStopped && batch.DispatchedChunks < chunks.Count)
        {
            var end = Math.Min(batch.DispatchedChunks + GroupSize, chunks.Count);
            await SendAsync(batch, chunks.Take(batch.DispatchedChunks..end), cancellationToken);
            var moved = await stores.Batches.ChangeAsync(batch.Tenant, batch.Id, current => Move(current, end), cancellationToken);
            if (moved is null)
                return batch;
            batch = moved;
        }

        return batch;
    }

    /// <summary>Hands out those chunks again that are not done as a whole.</summary>
    /// <param name="batch">The batch; it has an input.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task DispatchMissingAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var done = new Dictionary<int, int>();
        await foreach (var part in stores.Chunks.ListAsync(batch.Tenant, batch.Id, cancellationToken: cancellationToken))
            done[part.Part.Chunk] = done.GetValueOrDefault(part.Part.Chunk) + part.Part.Rows;
        if (await ReadIndexAsync(batch, batch.Input!, cancellationToken) is { } chunks)
            await SendAsync(batch, chunks.Where(chunk => done.GetValueOrDefault(chunk.Number) < chunk.Rows), cancellationToken);
    }

    private async Task<IReadOnlyList<BatchChunk>?> ReadIndexAsync(BatchRecord batch, BatchInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await stores.Inputs.ReadIndexAsync(input, cancellationToken);
        }
        catch (Exception exception) when (BatchStores.IsInputLost(exception) && !keyWait.IsWorthwhile(batch, exception))
        {
            LogInputLost(logger, batch.Id, exception.GetType().Name);
            await stores.NoteInputLostAsync(batch, cancellationToken);
            return null;
        }
    }

    private Task SendAsync(BatchRecord batch, IEnumerable<BatchChunk> chunks, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (chunk, token) => await stores.Queues.SendAsync(
                new BatchChunkMessage
                {
                    Tenant = batch.Tenant.ToString(),
                    BatchId = batch.Id.ToString(),
                    Blob = batch.Input!.Blob,
                    Chunk = chunk,
                    To = chunk.Rows,
                },
                cancellationToken: token));

    private BatchRecord Move(BatchRecord batch, int end)
    {
        if (batch.DispatchedChunks >= end)
            return batch;
        var isDone = end == batch.Input!.Chunks;
        return batch with
        {
            DispatchedChunks = end,
            DispatchedAt = clock.GetUtcNow(),
            State = isDone && batch.State == BatchStates.Accepted ? BatchStates.Running : batch.State,
        };
    }

    [LoggerMessage(LogLevel.Error, "The list of chunks of batch {Batch} cannot be read ({Fault}): the batch fails.")]
    private static partial void LogInputLost(ILogger logger, BatchId batch, string fault);
}
