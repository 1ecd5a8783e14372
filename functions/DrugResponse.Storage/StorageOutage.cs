using System.Net.Sockets;
using Azure;

namespace DrugResponse.Storage;

/// <summary>Tells an outage of storage from an error of the request: after an outage the same request may succeed later.</summary>
public static class StorageOutage
{
    /// <summary>
    /// Whether storage was out of reach, overloaded, or failing: no connection, a connection that broke, no answer in time, or an answer of
    /// 408, 429, 500, 502, 503 or 504. Whether a write took effect is then unknown.
    /// </summary>
    /// <param name="exception">What a store or client threw.</param>
    /// <param name="cancellationToken">
    /// The token that the caller passed to the failed operation. Once it is cancelled, a cancellation is the caller's own and no outage.
    /// </param>
    public static bool IsOutage(Exception exception, CancellationToken cancellationToken = default) => exception switch
    {
        RequestFailedException failure => failure.Status is 0 or 408 or 429 or 500 or 502 or 503 or 504,

        // After several attempts the pipeline throws what each of them threw.
        AggregateException many => many.InnerExceptions.Count > 0 && many.InnerExceptions.All(inner => IsOutage(inner, cancellationToken)),

        // The pipeline reports its own timeout as a cancelled task.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        TimeoutException or SocketException or HttpRequestException or HttpIOException => true,
        IOException { InnerException: { } inner } => IsOutage(inner, cancellationToken),
        _ => false,
    };
}
