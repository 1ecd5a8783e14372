using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Batches.Input;
using DrugResponse.Functions.Batches.Summary;
using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>
/// Brings a batch one step further: reads an upload, resumes handing out chunks, hands missing ones out again, ends the batch when all rows
/// are done or it was cancelled, has its webhook called. Every step may be done twice. Thread-safe.
/// </summary>
internal sealed partial class BatchOverseer(
    BatchStores stores, BatchDispatcher dispatcher, UploadIngestion uploads, BatchEnding ending, BatchPace pace)
{
    /// <summary>Does what is to be done.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Ends the work; it can be resumed.</param>
    /// <returns>After which pause to look again, or null when the batch is settled.</returns>
    public async Task<TimeSpan?> AdvanceAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (batch.IsFinal)
            return await ending.SettleAsync(batch, cancellationToken);
        if (batch.Problem is { } problem)
            return await ending.FailAsync(batch, problem, cancellationToken);
        if (batch.CancelRequestedAt is { } cancelledAt)
            return pace.UntilStopped(cancelledAt) is { } wait ? wait : await ending.CancelAsync(batch, cancellationToken);
        if (batch.Input is null)
            return await uploads.IngestAsync(batch, cancellationToken);
        if (batch.DispatchedChunks < batch.Input.Chunks)
            return await ResumeDispatchAsync(batch, cancellationToken);

        var progress = await stores.Chunks.SumAsync(batch.Tenant, batch.Id, cancellationToken);
        if (progress.Counts.Done == batch.Input.Rows)
            return await ending.CompleteAsync(batch, progress.Counts, cancellationToken);
        if (pace.IsStalled(batch, progress))
            await RedispatchAsync(batch, cancellationToken);
        return pace.UntilNextLook(batch, progress);
    }

    private async Task<TimeSpan?> ResumeDispatchAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (pace.UntilResumption(batch) is { } wait)
            return wait;
        await dispatcher.DispatchAsync(batch, cancellationToken);
        return TimeSpan.Zero;
    }

    private async Task RedispatchAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        await dispatcher.DispatchMissingAsync(batch, cancellationToken);
        await stores.Batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            current => current.Redispatches > batch.Redispatches
                ? current
                : current with { Redispatches = batch.Redispatches + 1, DispatchedAt = pace.Now },
            cancellationToken);
    }
}
