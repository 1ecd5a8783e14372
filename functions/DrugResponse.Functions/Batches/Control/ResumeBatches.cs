using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>
/// <c>ResumeBatches</c>: every minute, gives a new control message to batches that have lost theirs: the process died between two writes, or
/// the queue gave the message up.
/// </summary>
internal sealed partial class ResumeBatches(BatchStores stores, TimeProvider clock, ILogger<ResumeBatches> logger)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ResumeBatches";

    /// <summary>A message that is due for this long is lost, or its handler was killed and it comes back much later.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    /// <summary>A batch that was announced and never committed is nobody's after this time.</summary>
    private static readonly TimeSpan LongestCommit = TimeSpan.FromHours(1);

    public async Task<TriggerOutcome> HandleAsync(TimerTick tick, CancellationToken cancellationToken)
    {
        await foreach (var unsettled in stores.Batches.ListUnsettledAsync(cancellationToken))
        {
            if (await stores.Batches.GetAsync(unsettled.Tenant, unsettled.Id, cancellationToken) is { } batch)
                await ResumeAsync(batch, cancellationToken);
            else if (clock.GetUtcNow() - unsettled.AnnouncedAt > LongestCommit)
                await stores.Batches.SettleAsync(unsettled.Tenant, unsettled.Id, cancellationToken);
        }

        return TriggerOutcome.Done;
    }

    private async Task ResumeAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < batch.ControlDueAt + Overdue)
            return;

        var token = BatchStarter.NewToken();
        var resumed = await stores.Batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            current => current.ControlToken == batch.ControlToken && current.NextControlToken == batch.NextControlToken
                ? current with { ControlToken = token, NextControlToken = null, ControlDueAt = clock.GetUtcNow() }
                : current,
            cancellationToken);
        if (resumed?.ControlToken != token)
            return;
        await stores.Queues.SendControlAsync(resumed, token, cancellationToken: cancellationToken);
        LogResumed(logger, batch.Id, batch.State);
    }

    [LoggerMessage(LogLevel.Warning, "Batch {Batch} ({State}) had nobody to look after it and is resumed.")]
    private static partial void LogResumed(ILogger logger, BatchId batch, string state);
}
