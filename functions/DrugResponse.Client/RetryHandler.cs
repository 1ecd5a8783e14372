using System.Globalization;

namespace DrugResponse.Client;

/// <summary>
/// Sends a request again where that is safe (see <see cref="Repeatability"/>) after failures that may pass (see
/// <see cref="Perseverance"/>). It waits as long as is asked for, else a random share of a pause that doubles.
/// </summary>
/// <param name="options">How often, or for how long.</param>
/// <param name="time">The clock.</param>
/// <param name="receiver">Who is asked, for those who are told of repetitions.</param>
/// <param name="attemptTimeout">How long one attempt may take; infinite when only the whole call is limited.</param>
internal sealed class RetryHandler(DrugResponseClientOptions options, TimeProvider time, Receiver receiver, TimeSpan attemptTimeout)
    : DelegatingHandler
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!Repeatability.IsRepeatable(request))
            return await AttemptAsync(request, cancellationToken).ConfigureAwait(false);

        var perseverance = Perseverance.Of(request, options, time);
        for (var repetition = 0; ; repetition++)
        {
            string fault;
            TimeSpan? pause;
            Exception? cause = null;
            try
            {
                var response = await AttemptAsync(request, cancellationToken).ConfigureAwait(false);
                if (!perseverance.IsPassing(request, response))
                    return response;
                pause = perseverance.NextPause(repetition, response.Headers.RetryAfter);
                if (pause is null && !perseverance.Endures)
                    return response;
                fault = string.Create(CultureInfo.InvariantCulture, $"{receiver.Name} answers {(int)response.StatusCode}.");
                response.Dispose();
            }
            catch (Exception failure) when (perseverance.IsPassing(request, failure, cancellationToken))
            {
                pause = perseverance.NextPause(repetition, retryAfter: null);
                if (pause is null && !perseverance.Endures)
                    throw;
                (fault, cause) = ($"{receiver.Place} cannot be reached.", failure);
            }

            await perseverance.WaitAsync(fault, pause ?? throw perseverance.GivenUp(fault, cause), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (attemptTimeout == Timeout.InfiniteTimeSpan)
            return await SendAndLoadAsync(request, cancellationToken).ConfigureAwait(false);

        using var limit = new CancellationTokenSource(attemptTimeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await SendAndLoadAsync(request, attempt.Token).ConfigureAwait(false);
    }

    // An answer that breaks off after it has begun is an attempt that failed, too. One that is streamed is for its reader to look after.
    private async Task<HttpResponseMessage> SendAndLoadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await SendContentAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode && !Repeatability.IsReadWhole(request))
            return response;

        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendContentAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch when (request.Content is ProducedContent { Failure: not null } content)
        {
            content.Failure.Throw();
            throw;
        }
    }
}

/// <summary>Who is asked.</summary>
/// <param name="Name">As the subject of a sentence.</param>
/// <param name="Place">The same with its address, where that is no secret.</param>
internal sealed record Receiver(string Name, string Place);
