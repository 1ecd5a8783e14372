using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Patients;

/// <summary><c>ApplyRetention</c>: once a day, removes what is older than it may become.</summary>
internal sealed partial class ApplyRetention(
    PredictionRetention stores, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<ApplyRetention> logger)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ApplyRetention";

    private static readonly TimeSpan LongestInQueue = TimeSpan.FromDays(8);

    public async Task<TriggerOutcome> HandleAsync(CancellationToken cancellationToken)
    {
        var (now, kept) = (clock.GetUtcNow(), options.Value);
        var predictions = kept.Predictions is { } longest ? await stores.Predictions.RemoveOlderAsync(now - longest, cancellationToken) : 0;
        var claims = await stores.Idempotency.ReleaseOlderAsync(now - kept.IdempotencyKeys, cancellationToken);
        var failures = await stores.Failures.DeleteOlderAsync(now - kept.QueueFailures, cancellationToken);
        // Its message is gone from the queue after seven days, so nobody will ask for an older body.
        var bodies = await stores.Requests.RemoveOlderAsync(now - LongestInQueue, cancellationToken);
        LogRemoved(predictions, claims, failures, bodies);
        return TriggerOutcome.Done;
    }

    [LoggerMessage(
        LogLevel.Information,
        "Retention: {Predictions} predictions, {Claims} idempotency keys, {Failures} queue failures and {Bodies} unscored requests were removed.")]
    private partial void LogRemoved(long predictions, long claims, long failures, long bodies);
}

/// <summary>The stores that things grow old in.</summary>
internal sealed record PredictionRetention(
    PredictionStore Predictions, IdempotencyStore Idempotency, QueueFailureStore Failures, QueuedRequestStore Requests);
