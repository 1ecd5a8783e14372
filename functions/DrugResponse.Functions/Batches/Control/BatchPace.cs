using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>Says when what is due in the course of a batch. Thread-safe.</summary>
internal sealed class BatchPace(IOptions<BatchSettings> settings, TimeProvider clock)
{
    /// <summary>
    /// By then whoever was at work when a batch was cancelled has seen it: what is known of a batch is a second old at most, and a group of rows
    /// takes less than another one.
    /// </summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(3);

    /// <summary>A dispatcher that has not moved on for this long is taken for dead.</summary>
    private static readonly TimeSpan DispatchGrace = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The present.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How long to wait until a cancelled batch stands still; null when it does.</summary>
    public TimeSpan? UntilStopped(DateTimeOffset cancelledAt) => Until(cancelledAt + StopGrace);

    /// <summary>How long to wait before taking over the dispatch of a batch; null when it is time.</summary>
    public TimeSpan? UntilResumption(BatchRecord batch) => Until((batch.DispatchedAt ?? batch.CreatedAt) + DispatchGrace);

    /// <summary>Whether nothing has come of a batch for so long that messages must be taken for lost. The span doubles each time.</summary>
    public bool IsStalled(BatchRecord batch, BatchProgress progress)
    {
        var lastMove = batch.DispatchedAt > progress.LastFinishedAt || progress.LastFinishedAt is null ? batch.DispatchedAt : progress.LastFinishedAt;
        return Now - lastMove > settings.Value.StallTimeout * Math.Pow(2, Math.Min(batch.Redispatches, 10));
    }

    /// <summary>When to look again: soon at first and towards the end, so that the end is seen when it comes.</summary>
    public TimeSpan UntilNextLook(BatchRecord batch, BatchProgress progress)
    {
        var elapsed = Now - (batch.DispatchedAt ?? batch.CreatedAt);
        var done = progress.Counts.Done;
        var remaining = done == 0 ? elapsed : elapsed * ((double)(batch.Input!.Rows - done) / done);
        return TimeSpan.FromTicks(Math.Clamp(remaining.Ticks / 2, ShortestPause.Ticks, LongestPause.Ticks));
    }

    // What is waited for usually comes long before it is due.
    private TimeSpan? Until(DateTimeOffset due)
    {
        var wait = due - Now;
        return wait <= TimeSpan.Zero ? null : wait < ShortestPause ? wait : ShortestPause;
    }
}
