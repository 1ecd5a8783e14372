using System.Net;

namespace DrugResponse.Client;

/// <summary>
/// Sends a request again where that is safe (see <see cref="Repeatability"/>) after 429, 503 and connections that fail. It waits as long as
/// the service asks for, else a random share of a pause that doubles.
/// </summary>
internal sealed class RetryHandler(DrugResponseClientOptions options, TimeProvider time) : DelegatingHandler
{
    // Spreads callers in time; nothing secret hangs on it.
    private readonly Random _random = new();

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var repetition = 0; ; repetition++)
        {
            var mayRepeat = repetition < options.MaxRetries && Repeatability.IsRepeatable(request);
            TimeSpan pause;
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (!mayRepeat || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    return response;
                pause = AskedFor(response) ?? Pause(repetition);
                if (pause > options.MaxRetryDelay)
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException) when (mayRepeat)
            {
                pause = Pause(repetition);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan? AskedFor(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta + Share(options.RetryDelay),
        { Date: { } date } => Max(date - time.GetUtcNow(), TimeSpan.Zero) + Share(options.RetryDelay),
        _ => null,
    };

    private TimeSpan Pause(int repetition)
    {
        var ceiling = options.RetryDelay * Math.Pow(2, repetition);
        return Share(ceiling < options.MaxRetryDelay ? ceiling : options.MaxRetryDelay);
    }

    private TimeSpan Share(TimeSpan whole)
    {
        lock (_random)
            return whole * _random.NextDouble();
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
