using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>
/// <c>AdvanceBatch</c>: looks after one batch until it is settled. Its message on the queue <c>batch-control</c> renews itself; the batch
/// names the one that counts, so that a message that was delivered twice or believed lost does nothing. It alone ends batches.
/// </summary>
internal sealed partial class AdvanceBatch(
    BatchStores stores, BatchOverseer overseer, TimeProvider clock, ILogger<AdvanceBatch> logger)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "AdvanceBatch";

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Postponement = TimeSpan.FromSeconds(5);

    public async Task<TriggerOutcome> HandleAsync(QueueTriggerMessage delivery, CancellationToken cancellationToken)
    {
        if (!BatchControlMessage.TryParse(delivery.Body.Span, out var message))
            return TriggerOutcome.Failed("The message is not about a batch.");

        try
        {
            return await HandleAsync(message, cancellationToken);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            // A moment later it may be over; but the outage must not use up the attempts of the message.
            var reason = $"Storage does not answer ({exception.GetType().Name}).";
            return delivery.DequeueCount is > 1 ? await PostponeAsync(message, reason, cancellationToken) : TriggerOutcome.Failed(reason);
        }
    }

    private async Task<TriggerOutcome> HandleAsync(BatchControlMessage message, CancellationToken cancellationToken)
    {
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

    // A fresh message with the same token takes its place.
    private async Task<TriggerOutcome> PostponeAsync(BatchControlMessage message, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await stores.Queues.ResendControlAsync(message, Postponement, cancellationToken);
            LogPostponed(logger, message.BatchId, reason);
            return TriggerOutcome.Done;
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            return TriggerOutcome.Failed(reason);
        }
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

    [LoggerMessage(LogLevel.Warning, "Batch {Batch} is looked after again later. {Reason}")]
    private static partial void LogPostponed(ILogger logger, string batch, string reason);
}
