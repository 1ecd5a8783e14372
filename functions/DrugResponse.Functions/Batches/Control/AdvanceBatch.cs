using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>
/// <c>AdvanceBatch</c>: looks after one batch until it is settled. Its message on the queue <c>batch-control</c> renews itself; the batch
/// names the one that counts, so that a message that was delivered twice or believed lost does nothing. It alone ends batches.
/// </summary>
internal sealed class AdvanceBatch(BatchStores stores, BatchOverseer overseer, TimeProvider clock)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "AdvanceBatch";

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    public async Task<TriggerOutcome> HandleAsync(QueueTriggerMessage delivery, CancellationToken cancellationToken)
    {
        if (!BatchControlMessage.TryParse(delivery.Body.Span, out var message))
            return TriggerOutcome.Failed("The message is not about a batch.");

        var tenant = TenantName.Parse(message.Tenant);
        var batch = await stores.Batches.GetAsync(tenant, BatchId.Parse(message.BatchId), cancellationToken);
        if (batch is null || !batch.IsLive(message.Token))
            return TriggerOutcome.Done;

        if (await overseer.AdvanceAsync(batch, cancellationToken) is { } pause)
            await RenewAsync(batch, message.Token, pause, cancellationToken);
        else
            await stores.Batches.SettleAsync(batch.Tenant, batch.Id, cancellationToken);
        return TriggerOutcome.Done;
    }

    private async Task RenewAsync(BatchRecord batch, string token, TimeSpan pause, CancellationToken cancellationToken)
    {
        // Queues hide messages for whole seconds.
        if (pause < OneSecond)
        {
            await Task.Delay(pause, clock, cancellationToken);
            pause = TimeSpan.Zero;
        }

        var next = BatchStarter.NewToken();
        var renewed = await stores.Batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            current => current.IsLive(token) && current.NextControlToken != next
                ? current with { ControlToken = token, NextControlToken = next, ControlDueAt = clock.GetUtcNow() + pause }
                : current,
            cancellationToken);
        if (renewed?.NextControlToken == next)
            await stores.Queues.SendControlAsync(renewed, next, pause, cancellationToken);
    }
}
