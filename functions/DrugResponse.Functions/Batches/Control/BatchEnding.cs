using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Batches.Summary;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>Brings batches to their final state, and has told whoever wanted to know. Thread-safe.</summary>
internal sealed class BatchEnding(BatchStores stores, SummaryKeeper summaries, WebhookCaller webhooks, TimeProvider clock)
{
    /// <summary>Ends a batch whose rows all have a result or an error.</summary>
    public async Task<TimeSpan?> CompleteAsync(BatchRecord batch, BatchCounts counts, CancellationToken cancellationToken)
    {
        await summaries.TryKeepAsync(batch, cancellationToken);
        return await EndAsync(
            batch,
            current => current with
            {
                State = counts.Failed > 0 ? BatchStates.CompletedWithErrors : BatchStates.Completed,
                FinalCounts = counts,
            },
            cancellationToken);
    }

    /// <summary>Ends a cancelled batch, whose rows stand still by now.</summary>
    public Task<TimeSpan?> CancelAsync(BatchRecord batch, CancellationToken cancellationToken) =>
        EndAsync(batch, static current => current with { State = BatchStates.Cancelled }, cancellationToken);

    /// <summary>Ends a batch that cannot be carried out.</summary>
    public Task<TimeSpan?> FailAsync(BatchRecord batch, Problem problem, CancellationToken cancellationToken) =>
        EndAsync(batch, current => current with { State = BatchStates.Failed, Problem = problem }, cancellationToken);

    /// <summary>Does what a final batch still lacks: keeps what came of one that was not completed, and has its webhook called.</summary>
    /// <returns>After which pause to call again; null when there is nothing more to do.</returns>
    public async Task<TimeSpan?> SettleAsync(BatchRecord batch, CancellationToken cancellationToken) =>
        await KeepAsync(batch, cancellationToken) is { } kept ? await NotifyAsync(kept, cancellationToken) : null;

    // Nothing is added to a batch once it is final, so this is what it comes to.
    private async Task<BatchRecord?> KeepAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (batch.Input is null || batch.FinalCounts is not null)
            return batch;

        await summaries.TryKeepAsync(batch, cancellationToken);
        var progress = await stores.Chunks.SumAsync(batch.Tenant, batch.Id, cancellationToken);
        return await stores.Batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            current => current.FinalCounts is null ? current with { FinalCounts = progress.Counts } : current,
            cancellationToken);
    }

    /// <summary>Has the webhook of a final batch called if that is due.</summary>
    /// <returns>After which pause to call again; null when there is nothing more to do.</returns>
    private async Task<TimeSpan?> NotifyAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (batch.Webhook is not { State: BatchWebhookProgress.Pending } pending)
            return null;

        if (batch.IsReadable && batch.Request.Webhook is null)
        {
            await stores.Batches.ChangeAsync(
                batch.Tenant,
                batch.Id,
                static current => current.Webhook is null ? current : current with { Webhook = null },
                cancellationToken);
            return null;
        }

        var attempts = pending.Attempts + 1;
        var progress = await webhooks.TryCallAsync(batch, cancellationToken)
            ? new BatchWebhookProgress(BatchWebhookProgress.Delivered, attempts)
            : new BatchWebhookProgress(WebhookPause.After(attempts) is null ? BatchWebhookProgress.GivenUp : BatchWebhookProgress.Pending, attempts);
        await stores.Batches.ChangeAsync(
            batch.Tenant, batch.Id, current => current.Webhook?.Attempts >= attempts ? current : current with { Webhook = progress }, cancellationToken);
        return progress.State == BatchWebhookProgress.Pending ? WebhookPause.After(attempts) : null;
    }

    // Who has the key will see whether there is one; who has not makes calls that fail, until they are given up.
    private static bool MayHaveWebhook(BatchRecord batch) => batch.IsKeyMissing || (batch.IsReadable && batch.Request.Webhook is not null);

    private async Task<TimeSpan?> EndAsync(BatchRecord batch, Func<BatchRecord, BatchRecord> end, CancellationToken cancellationToken)
    {
        var ended = await stores.Batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            current => current.IsFinal
                ? current
                : end(current) with
                {
                    FinishedAt = clock.GetUtcNow(),
                    Webhook = MayHaveWebhook(current) ? new BatchWebhookProgress(BatchWebhookProgress.Pending, 0) : null,
                },
            cancellationToken);
        if (ended is null)
            return null;

        BatchMeasures.Count(ended);
        return await SettleAsync(ended, cancellationToken);
    }
}
