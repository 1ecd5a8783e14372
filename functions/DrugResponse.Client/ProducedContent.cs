using System.Net;
using System.Runtime.ExceptionServices;

namespace DrugResponse.Client;

/// <summary>
/// A body that is made while it is sent. What fails in the making is kept apart from what fails in the sending, which HTTP would report
/// as the same.
/// </summary>
internal abstract class ProducedContent : HttpContent
{
    /// <summary>What failed in the making; null while nothing has.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Makes a part of the body.</summary>
    protected async ValueTask<T> ProduceAsync<T>(Func<ValueTask<T>> produce, CancellationToken cancellationToken)
    {
        try
        {
            return await produce().ConfigureAwait(false);
        }
        catch (Exception own) when (own is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Failure = ExceptionDispatchInfo.Capture(own);
            throw;
        }
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);
}
