using System.Security.Cryptography;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>Sets a committed batch going. If that does not succeed, the batch is resumed later: it is safe by then. Thread-safe.</summary>
internal sealed partial class BatchStarter(BatchStores stores, BatchDispatcher dispatcher, ILogger<BatchStarter> logger)
{
    /// <summary>A token for the control queue: 64 random bits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Has the batch looked after, and hands out its chunks.</summary>
    /// <returns>The batch as it is then.</returns>
    public async Task<BatchRecord> StartAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        try
        {
            await stores.Queues.SendControlAsync(batch, batch.ControlToken, cancellationToken: cancellationToken);
            return await dispatcher.DispatchAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken) || exception is OperationCanceledException)
        {
            LogLater(logger, batch.Id, exception.GetType().Name);
            return batch;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Batch {Batch} is committed, but its chunks could not all be handed out ({Fault}); that is done later.")]
    private static partial void LogLater(ILogger logger, BatchId batch, string fault);
}
