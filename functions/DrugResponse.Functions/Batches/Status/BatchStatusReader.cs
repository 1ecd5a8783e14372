using DrugResponse.Contracts.Batches;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Status;

/// <summary>Tells how far a batch is. Thread-safe.</summary>
internal sealed class BatchStatusReader(BatchChunkStore chunks, TimeProvider clock)
{
    private static readonly BatchProgress None = new(new BatchCounts(0, 0), null);

    /// <summary>Reads the status of a batch.</summary>
    public async Task<BatchStatus> ReadAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        // The counts of a batch that has ended stand in its row; of all others they are the sum of what is there.
        var progress = batch.FinalCounts is { } final
            ? new BatchProgress(final, batch.FinishedAt)
            : batch.Input is null ? None : await chunks.SumAsync(batch.Tenant, batch.Id, cancellationToken);
        return Describe(batch, progress);
    }

    /// <summary>The status as far as the batch's row tells it, which cannot fail: rows count as done once all of them are.</summary>
    public BatchStatus Describe(BatchRecord batch) =>
        Describe(batch, batch.FinalCounts is { } final ? new BatchProgress(final, batch.FinishedAt) : None);

    private BatchStatus Describe(BatchRecord batch, BatchProgress progress)
    {
        var rate = RowsPerSecond(batch, progress);
        return new BatchStatus
        {
            BatchId = batch.Id.ToString(),
            Name = batch.IsReadable ? batch.Request.Name : null,
            Unreadable = !batch.IsReadable,
            State = batch.State,
            CancelRequested = batch.CancelRequestedAt is not null,
            CreatedAt = batch.CreatedAt,
            FinishedAt = batch.FinishedAt,
            Candidates = batch.IsReadable ? batch.Request.Candidates : [],
            ResultsFormat = batch.ResultsFormat,
            Rows = new BatchRowCounts(batch.Input?.Rows, progress.Counts.Done, progress.Counts.Failed, batch.ErasedRows),
            RowsPerSecond = rate,
            EstimatedFinish = EstimatedFinish(batch, progress, rate),
            Webhook = batch.Webhook?.State,
            Problem = batch.Problem,
        };
    }

    private static double? RowsPerSecond(BatchRecord batch, BatchProgress progress)
    {
        if (progress.Counts.Done == 0 || progress.LastFinishedAt is not { } last)
            return null;
        var seconds = (last - batch.CreatedAt).TotalSeconds;
        return seconds > 0 ? Math.Round(progress.Counts.Done / seconds, 1) : null;
    }

    private DateTimeOffset? EstimatedFinish(BatchRecord batch, BatchProgress progress, double? rate) =>
        batch.IsStopped || rate is not > 0 ? null : clock.GetUtcNow().AddSeconds((batch.Input!.Rows - progress.Counts.Done) / rate.Value);
}
