using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Keeps a message hidden from others while it is in work: at half of its invisibility that is extended by its whole
/// length, and when the storage fails the intervals are halved, down to a tenth.
/// </summary>
internal sealed class MessageLease : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly string _messageId;
    private readonly TimeSpan _invisibility;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private string _popReceipt;

    private MessageLease(QueueClient queue, QueueMessage message, TimeSpan invisibility, TimeProvider time)
    {
        _queue = queue;
        _messageId = message.MessageId;
        _popReceipt = message.PopReceipt;
        _invisibility = invisibility;
        _time = time;
        _renewing = RenewAsync();
    }

    /// <summary>Starts to keep a message.</summary>
    /// <param name="queue">The queue that it was taken from.</param>
    /// <param name="message">The message.</param>
    /// <param name="invisibility">How long it was hidden when it was taken.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The lease.</returns>
    public static MessageLease Start(QueueClient queue, QueueMessage message, TimeSpan invisibility, TimeProvider time) =>
        new(queue, message, invisibility, time);

    /// <summary>Ends the renewals.</summary>
    /// <returns>The receipt by which the message can be deleted or released: each renewal makes a new one.</returns>
    public async Task<string> EndAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        return _popReceipt;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private async Task RenewAsync()
    {
        var usual = _invisibility / 2;
        var shortest = _invisibility / 10;
        var interval = usual;
        while (await PauseAsync(interval))
        {
            try
            {
                // Not cancelled by the end of the lease: a renewal that the service carried out unheard makes the receipt stale.
                UpdateReceipt renewed = await _queue.UpdateMessageAsync(
                    _messageId, _popReceipt, (string?)null, _invisibility, CancellationToken.None);
                _popReceipt = renewed.PopReceipt;
                interval = usual;
            }
            catch (RequestFailedException gone) when (gone.Status is StatusCodes.Status404NotFound or StatusCodes.Status400BadRequest)
            {
                return;
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                interval = interval / 2 > shortest ? interval / 2 : shortest;
            }
        }
    }

    private async Task<bool> PauseAsync(TimeSpan interval)
    {
        try
        {
            await Task.Delay(interval, _time, _ended.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
