using Azure.Core;
using Azure.Core.Pipeline;

namespace DrugResponse.Storage;

/// <summary>
/// Repeats what fails in passing (no connection, 408, 429, 500, 502, 503, 504) after about 0.1, 0.2 and 0.4 seconds, for a service at which
/// a person waits: nothing is repeated once a second has gone by, nor when the storage service itself says how long to wait. Both are for
/// the caller to hear of.
/// </summary>
public sealed class InteractiveRetryPolicy : RetryPolicy
{
    private const int MaxRetries = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>Makes the policy.</summary>
    public InteractiveRetryPolicy()
        : base(MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, LongestDelay))
    {
    }

    /// <inheritdoc/>
    protected override void OnSendingRequest(HttpMessage message) => CountRetry(message);

    /// <inheritdoc/>
    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        CountRetry(message);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        IsWorthwhile(message) && base.ShouldRetry(message, exception);

    /// <inheritdoc/>
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsWorthwhile(message) ? base.ShouldRetryAsync(message, exception) : new ValueTask<bool>(false);

    private static void CountRetry(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber > 0)
            StorageMeasures.CountRetry(message.Request.Method.Method);
    }

    // The pipeline stamps its start with the clock on the wall, so that is the clock to compare with.
    private static bool IsWorthwhile(HttpMessage message) =>
        TimeProvider.System.GetUtcNow() - message.ProcessingContext.StartTime < Window
        && !(message.HasResponse && message.Response.Headers.Contains("Retry-After"));
}
