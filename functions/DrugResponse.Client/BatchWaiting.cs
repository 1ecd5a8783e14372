using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>Waits for batches.</summary>
public static class BatchWaiting
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Looks at a batch until it has come to an end. It looks often at first and ever more rarely (every 0.25 to 10 s), and when the service
    /// estimates the end, about then.
    /// </summary>
    /// <param name="api">The client.</param>
    /// <param name="batchId">The batch.</param>
    /// <param name="progress">Is told every status that differs from the one before; null for none.</param>
    /// <param name="time">The clock; that of the system when null.</param>
    /// <param name="cancellationToken">Ends the waiting; the batch goes on. <see cref="IDrugResponseApi.CancelBatchAsync"/> cancels it.</param>
    /// <returns>The status at the end: completed, completed with errors, cancelled or failed.</returns>
    /// <exception cref="DrugResponseApiException">There is no such batch, or the service failed beyond the client's repetitions.</exception>
    public static async Task<BatchStatus> WaitForBatchAsync(
        this IDrugResponseApi api,
        string batchId,
        IProgress<BatchStatus>? progress = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        time ??= TimeProvider.System;
        BatchStatus? before = null;
        for (var pause = ShortestPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var status = await api.GetBatchAsync(batchId, cancellationToken).ConfigureAwait(false);
            if (before is null || (status.State, status.Rows) != (before.State, before.Rows))
                progress?.Report(status);
            if (BatchStates.IsFinal(status.State))
                return status;
            before = status;
            await Task.Delay(Until(status, pause, time), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Until(BatchStatus status, TimeSpan pause, TimeProvider time)
    {
        var remaining = status.EstimatedFinish - time.GetUtcNow();
        return remaining < pause && remaining > ShortestPause ? remaining.Value : pause;
    }
}
