using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;

namespace DrugResponse.Client;

/// <summary>
/// Decides for one operation whether and when what failed is tried again: as often as <see cref="DrugResponseClientOptions.MaxRetries"/>
/// says, or for as long as <see cref="DrugResponseClientOptions.Endurance"/> says. Not thread-safe.
/// </summary>
internal sealed class Perseverance(DrugResponseClientOptions options, TimeProvider time)
{
    private const int MaxBreaksInARow = 3;

    private static readonly HttpRequestOptionsKey<Perseverance> Key = new("DrugResponse.Perseverance");

    // Spreads callers in time; nothing secret hangs on it.
    private readonly Random _random = new();
    private long? _failingSince;
    private int _breaks;

    /// <summary>Whether it goes on for a time, and not for a number of attempts.</summary>
    public bool Endures => options.Endurance is not null;

    /// <summary>That of the operation to which a request belongs; a new one for a request that is an operation by itself.</summary>
    public static Perseverance Of(HttpRequestMessage request, DrugResponseClientOptions options, TimeProvider time) =>
        request.Options.TryGetValue(Key, out var given) ? given : new Perseverance(options, time);

    /// <summary>Makes a request part of this operation: that its answer begins is no success yet.</summary>
    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>Something succeeded: endurance begins anew.</summary>
    public void Succeed()
    {
        _failingSince = null;
        _breaks = 0;
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsPassing(HttpRequestMessage request, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => true,
        // An attempt whose answer was lost may still be in work under the same key.
        HttpStatusCode.Conflict => (Endures || response.Headers.RetryAfter is not null)
            && request.Headers.Contains(Repeatability.IdempotencyKeyHeader),
        HttpStatusCode.NotImplemented => false,
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Endures,
        _ => false,
    };

    /// <summary>Whether a request failed by its connection.</summary>
    public bool IsPassing(HttpRequestMessage request, Exception failure, CancellationToken cancellationToken) =>
        request.Content is not ProducedContent { Failure: not null }
        && (failure is HttpRequestException || IsBreak(failure, cancellationToken));

    /// <summary>Whether the reading of an answer failed by its connection.</summary>
    public bool IsBreak(Exception failure, CancellationToken cancellationToken) =>
        failure is IOException || (Endures && failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>How long to wait before another attempt; null when there is to be none.</summary>
    /// <param name="repetition">How many repetitions there were in a row.</param>
    /// <param name="retryAfter">What the service asks for, or null.</param>
    public TimeSpan? NextPause(int repetition, RetryConditionHeaderValue? retryAfter)
    {
        var pause = AskedFor(retryAfter) ?? Backoff(repetition);
        if (options.Endurance is not { } endurance)
            return repetition < options.MaxRetries && pause <= options.MaxRetryDelay ? pause : null;

        _failingSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_failingSince.Value) >= endurance)
            return null;
        return pause < options.MaxRetryDelay ? pause : options.MaxRetryDelay;
    }

    /// <summary>Tells of a pause and waits it out.</summary>
    public Task WaitAsync(string fault, TimeSpan pause, CancellationToken cancellationToken)
    {
        options.Retrying?.Invoke(new RetryNotice(fault, pause));
        return Task.Delay(pause, time, cancellationToken);
    }

    /// <summary>An answer broke off: waits before it is taken up, or throws what says that it is given up.</summary>
    public Task BreakAsync(Exception broken, CancellationToken cancellationToken)
    {
        var repetition = _breaks++;
        if (Endures)
        {
            const string fault = "The connection broke.";
            return WaitAsync(fault, NextPause(repetition, null) ?? throw GivenUp(fault, broken), cancellationToken);
        }

        if (_breaks > MaxBreaksInARow)
            ExceptionDispatchInfo.Throw(broken);
        return Task.CompletedTask;
    }

    /// <summary>What to throw when endurance is at its end.</summary>
    public DrugResponseUnavailableException GivenUp(string fault, Exception? cause) =>
        new(fault, options.Endurance.GetValueOrDefault(), cause);

    private TimeSpan? AskedFor(RetryConditionHeaderValue? retryAfter) => RetryAfter.From(retryAfter, time) + Share(options.RetryDelay);

    // In ticks as a double: an outage of hours doubles the pause beyond what a TimeSpan holds.
    private TimeSpan Backoff(int repetition) =>
        Share(TimeSpan.FromTicks((long)Math.Min(options.MaxRetryDelay.Ticks, options.RetryDelay.Ticks * Math.Pow(2, repetition))));

    private TimeSpan Share(TimeSpan whole) => whole * _random.NextDouble();
}
