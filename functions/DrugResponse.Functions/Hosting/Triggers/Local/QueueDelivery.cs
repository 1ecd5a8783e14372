using System.Globalization;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Brings one message to its function and does with it what the outcome asks for: delete, hide for another attempt, or move
/// to the poison queue. Thread-safe.
/// </summary>
/// <param name="subscription">The function and its queue.</param>
/// <param name="invoker">Invokes the function.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures are told.</param>
internal sealed partial class QueueDelivery(QueueSubscription subscription, FunctionInvoker invoker, TimeProvider time, ILogger log)
{
    private readonly QueueClient _queue = subscription.Queue;

    /// <summary>
    /// Delivers a message that was just taken from the queue. Failures of the storage are logged; the message then
    /// reappears.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>When the message is done with.</returns>
    public async Task DeliverAsync(QueueMessage message)
    {
        try
        {
            await using var lease = MessageLease.Start(_queue, message, subscription.Invisibility, time);

            if (subscription.Poison is not null && message.DequeueCount > subscription.Settings.MaxDequeueCount)
                await MoveToPoisonAsync(message, lease, "its attempts were used up before");
            else if (DecodeBody(message) is not { } body)
                await MoveToPoisonAsync(message, lease, "it is not base64");
            else
                await InvokeAsync(message, body, lease);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            LogUndecided(message.MessageId, subscription.Function, StorageFault.Describe(fault));
        }
        catch (Exception defect)
        {
            LogDefect(message.MessageId, subscription.Function, defect.GetType().Name, defect.StackTrace);
        }
    }

    private byte[]? DecodeBody(QueueMessage message)
    {
        var text = message.Body.ToString();
        if (!subscription.Settings.MessagesAreBase64)
            return message.Body.ToArray();

        var bytes = new byte[text.Length * 3 / 4 + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private async Task InvokeAsync(QueueMessage message, byte[] body, MessageLease lease)
    {
        var payload = InvocationPayload.OfQueueMessage(subscription.Function, subscription.Binding, message, body, time.GetUtcNow());
        var result = await invoker.InvokeAsync(subscription.Function, payload);

        if (result.Outcome is InvocationOutcome.Succeeded)
        {
            await _queue.DeleteMessageAsync(message.MessageId, await lease.EndAsync());
            return;
        }

        LogFailed(message.MessageId, subscription.Function, message.DequeueCount, result.Failure);

        // A process that shuts down does not reach itself any more: that is no fault of the message.
        if (result.Outcome is InvocationOutcome.Unreachable)
            await HideAsync(message, lease, TimeSpan.Zero);
        else if (subscription.Poison is null)
            return;
        else if (message.DequeueCount >= subscription.Settings.MaxDequeueCount)
            await MoveToPoisonAsync(message, lease, string.Create(CultureInfo.InvariantCulture, $"{message.DequeueCount} attempts failed"));
        else
            await HideAsync(message, lease, subscription.Settings.VisibilityTimeout);
    }

    private async Task HideAsync(QueueMessage message, MessageLease lease, TimeSpan period) =>
        await _queue.UpdateMessageAsync(message.MessageId, await lease.EndAsync(), (string?)null, period);

    /// <summary>
    /// Copies the text as it is, then deletes the original: a crash in between leaves the message in both queues, never in
    /// none.
    /// </summary>
    private async Task MoveToPoisonAsync(QueueMessage message, MessageLease lease, string reason)
    {
        if (subscription.Poison is not { } poison)
        {
            LogNoPoison(message.MessageId, _queue.Name, reason);
            return;
        }

        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(message.Body);
        await _queue.DeleteMessageAsync(message.MessageId, await lease.EndAsync());
        LogPoisoned(message.MessageId, poison.Name, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} failed on attempt {Attempt} at message {MessageId}: {Failure}.")]
    private partial void LogFailed(string messageId, string function, long attempt, string? failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} was moved to {PoisonQueue}: {Reason}.")]
    private partial void LogPoisoned(string messageId, string poisonQueue, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {MessageId} of {Queue} cannot be delivered ({Reason}), and the queue has no poison queue.")]
    private partial void LogNoPoison(string messageId, string queue, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Message {MessageId} may come to {Function} again, since its queue did not take the outcome: {Fault}.")]
    private partial void LogUndecided(string messageId, string function, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} could not be delivered to {Function}: {Fault}. {Stack}")]
    private partial void LogDefect(string messageId, string function, string fault, string? stack);
}
