using Azure;
using Azure.Storage.Queues;

namespace DrugResponse.Storage.Batches;

/// <summary>The two queues of batches. Thread-safe.</summary>
/// <param name="queues">The queue service.</param>
public sealed class BatchQueues(QueueServiceClient queues)
{
    /// <summary>The queue of rows to score; the <c>function.json</c> of ScoreBatchChunk repeats it.</summary>
    public const string ChunkQueueName = "batch-chunks";

    /// <summary>The queue of batches to look after; the <c>function.json</c> of AdvanceBatch repeats it.</summary>
    public const string ControlQueueName = "batch-control";

    // A batch may wait longer than the week after which messages vanish by default.
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _chunks = queues.GetQueueClient(ChunkQueueName);
    private readonly QueueClient _control = queues.GetQueueClient(ControlQueueName);

    /// <summary>Hands out rows to score.</summary>
    /// <param name="message">Which.</param>
    /// <param name="delay">How long nobody is to see it.</param>
    /// <param name="cancellationToken">Cancels the call; the message may be sent all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the message may be sent all the same.</exception>
    public Task SendAsync(BatchChunkMessage message, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _chunks.SendMessageAsync((message with { TraceParent = MessageTrace.Current }).ToBinary(), delay, Never, cancellationToken);
    }

    /// <summary>Has a batch looked after.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="token">The token by which the batch knows the message.</param>
    /// <param name="delay">How long nobody is to see it.</param>
    /// <param name="cancellationToken">Cancels the call; the message may be sent all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the message may be sent all the same.</exception>
    public Task SendControlAsync(BatchRecord batch, string token, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = new BatchControlMessage
        {
            Tenant = batch.Tenant.ToString(), BatchId = batch.Id.ToString(), Token = token, TraceParent = MessageTrace.Current,
        };
        return _control.SendMessageAsync(message.ToBinary(), delay, Never, cancellationToken);
    }

    /// <summary>Sends a message of the control queue again, as it is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long nobody is to see it.</param>
    /// <param name="cancellationToken">Cancels the call; the message may be sent all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the message may be sent all the same.</exception>
    public Task ResendControlAsync(BatchControlMessage message, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _control.SendMessageAsync(message.ToBinary(), delay, Never, cancellationToken);
    }
}
