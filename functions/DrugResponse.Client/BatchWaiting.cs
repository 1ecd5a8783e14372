using System.Runtime.CompilerServices;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>Waits for batches.</summary>
public static class BatchWaiting
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan UsualLongestPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Looks at a batch until it has come to an end. It looks often at first and ever more rarely (every 0.25 to 10 s), and when the
    /// service estimates the end, about then.
    /// </summary>
    /// <param name="api">The client.</param>
    /// <param name="batchId">The batch.</param>
    /// <param name="progress">Is told every status in which state or rows differ from the one before; null for none.</param>
    /// <param name="time">The clock; that of the system when null.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting; the batch goes on. <see cref="IDrugResponseApi.CancelBatchAsync"/> cancels it.
    /// </param>
    /// <returns>The status at the end: completed, completed with errors, cancelled or failed.</returns>
    /// <exception cref="DrugResponseApiException">
    /// There is no such batch, or the service failed beyond the client's repetitions.
    /// </exception>
    public static async Task<BatchStatus> WaitForBatchAsync(
        this IDrugResponseApi api,
        string batchId,
        IProgress<BatchStatus>? progress = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        BatchStatus? last = null;
        await foreach (var status in api.WatchBatchAsync(batchId, null, time, cancellationToken).ConfigureAwait(false))
        {
            if (last is null || (status.State, status.Rows) != (last.State, last.Rows))
                progress?.Report(status);
            last = status;
        }

        return last!;
    }

    /// <summary>
    /// Gives the status of a batch again and again, changed or not, and at last the one with which it has come to an end. The pauses
    /// between are those of <see cref="WaitForBatchAsync"/>.
    /// </summary>
    /// <param name="api">The client.</param>
    /// <param name="batchId">The batch.</param>
    /// <param name="longestPause">The longest pause, from 0.25 s; 10 s when null.</param>
    /// <param name="time">The clock; that of the system when null.</param>
    /// <param name="cancellationToken">Ends the watching; the batch goes on.</param>
    /// <exception cref="DrugResponseApiException">
    /// There is no such batch, or the service failed beyond the client's repetitions.
    /// </exception>
    public static IAsyncEnumerable<BatchStatus> WatchBatchAsync(
        this IDrugResponseApi api,
        string batchId,
        TimeSpan? longestPause = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        var longest = longestPause ?? UsualLongestPause;
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, ShortestPause, nameof(longestPause));
        return LookAsync(api, batchId, longest, time ?? TimeProvider.System, cancellationToken);
    }

    private static async IAsyncEnumerable<BatchStatus> LookAsync(
        IDrugResponseApi api,
        string batchId,
        TimeSpan longest,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var pause = ShortestPause; ; pause = pause * 1.5 < longest ? pause * 1.5 : longest)
        {
            var status = await api.GetBatchAsync(batchId, cancellationToken).ConfigureAwait(false);
            yield return status;
            if (BatchStates.IsFinal(status.State))
                yield break;
            await Task.Delay(Until(status, pause, time), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Until(BatchStatus status, TimeSpan pause, TimeProvider time)
    {
        var remaining = status.EstimatedFinish - time.GetUtcNow();
        return remaining < pause && remaining > ShortestPause ? remaining.Value : pause;
    }
}
