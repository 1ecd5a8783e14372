using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Takes messages from one queue for one function, with the semantics of the Functions host's own queue listener: whole
/// batches start at once, the next batch is fetched when few enough are still running, an empty, missing or unreachable
/// queue is looked at ever more rarely.
/// </summary>
/// <param name="subscription">The function and its queue.</param>
/// <param name="delivery">Brings each message to the function.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where outages are told.</param>
internal sealed partial class QueueListener(
    QueueSubscription subscription, QueueDelivery delivery, TimeProvider time, ILogger log) : ITriggerListener
{
    private readonly QueueClient _queue = subscription.Queue;
    private readonly PollingBackOff _backOff = new(subscription.LongestPause, new Random());
    private readonly List<Task> _running = [];
    private volatile QueueCondition _condition = QueueCondition.Unknown;

    /// <inheritdoc />
    public string? Obstacle => _condition switch
    {
        QueueCondition.Missing => $"{subscription.Function} waits for queue {_queue.Name}, which does not exist.",
        QueueCondition.Unreachable => $"{subscription.Function} waits for queue {_queue.Name}, which cannot be reached.",
        _ => null,
    };

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var messages = await TakeAsync(stopping);
            if (messages.Length == 0)
            {
                await PauseAsync(stopping);
                continue;
            }

            _backOff.Reset();
            _running.AddRange(messages.Select(delivery.DeliverAsync));
            await WaitForRoomAsync();
        }

        await Task.WhenAll(_running);
    }

    private async Task<QueueMessage[]> TakeAsync(CancellationToken stopping)
    {
        try
        {
            if (_condition is not QueueCondition.Found && !await _queue.ExistsAsync(stopping))
            {
                Become(QueueCondition.Missing);
                return [];
            }

            QueueMessage[] messages = await _queue.ReceiveMessagesAsync(
                subscription.Settings.BatchSize, subscription.Invisibility, stopping);
            Become(QueueCondition.Found);
            return messages;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return [];
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            Become(QueueCondition.Missing);
            return [];
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            Become(QueueCondition.Unreachable, StorageFault.Describe(fault));
            return [];
        }
    }

    private async Task WaitForRoomAsync()
    {
        _running.RemoveAll(static delivered => delivered.IsCompleted);
        while (_running.Count > subscription.NewBatchThreshold)
        {
            await Task.WhenAny(_running);
            _running.RemoveAll(static delivered => delivered.IsCompleted);
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(_backOff.Next(), time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }

    // An outage is told once when it begins and once when it ends, not at every look.
    private void Become(QueueCondition condition, string? fault = null)
    {
        if (condition == _condition)
            return;

        if (condition is QueueCondition.Missing)
            LogMissing(_queue.Name, subscription.Function);
        else if (condition is QueueCondition.Unreachable)
            LogUnreachable(_queue.Name, subscription.Function, fault);
        else
            LogListening(_queue.Name, subscription.Function);

        _condition = condition;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Function} listens to queue {Queue}.")]
    private partial void LogListening(string queue, string function);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Function} waits for queue {Queue}, which does not exist.")]
    private partial void LogMissing(string queue, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} waits for queue {Queue}, which cannot be reached: {Fault}.")]
    private partial void LogUnreachable(string queue, string function, string? fault);

    private enum QueueCondition
    {
        Unknown,
        Found,
        Missing,
        Unreachable,
    }
}
