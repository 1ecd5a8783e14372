using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Patients;

/// <summary><c>ApplyRetention</c>: once a day, removes what is older than it may become.</summary>
internal sealed partial class ApplyRetention(
    PredictionRetention stores, IOptions<RetentionOptions> options, AuditTrail trail, TimeProvider clock, ILogger<ApplyRetention> logger)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ApplyRetention";

    private static readonly TimeSpan LongestInQueue = TimeSpan.FromDays(8);

    public async Task<TriggerOutcome> HandleAsync(CancellationToken cancellationToken)
    {
        var removal = new RemovalAudit(trail, clock, FunctionName);
        await removal.AccountAsync(() => RemoveAsync(removal, cancellationToken), cancellationToken);
        return TriggerOutcome.Done;
    }

    private async Task<string> RemoveAsync(RemovalAudit removal, CancellationToken cancellationToken)
    {
        var (now, kept) = (clock.GetUtcNow(), options.Value);
        var (predictions, claims) = (removal.Of("predictions"), removal.Of("idempotencyKeys"));
        var (failures, bodies) = (removal.Of("queueFailures"), removal.Of("unscoredRequests"));
        if (kept.Predictions is { } longest)
            await stores.Predictions.RemoveOlderAsync(now - longest, predictions, cancellationToken);
        await stores.Idempotency.ReleaseOlderAsync(now - kept.IdempotencyKeys, claims, cancellationToken);
        await stores.Failures.DeleteOlderAsync(now - kept.QueueFailures, failures, cancellationToken);
        // Its message is gone from the queue after seven days, so nobody will ask for an older body.
        await stores.Requests.RemoveOlderAsync(now - LongestInQueue, bodies, cancellationToken);
        LogRemoved(predictions.Total, claims.Total, failures.Total, bodies.Total);
        return AuditOutcomes.Done;
    }

    [LoggerMessage(
        LogLevel.Information,
        "Retention: {Predictions} predictions, {Claims} idempotency keys, {Failures} queue failures and {Bodies} unscored requests were removed.")]
    private partial void LogRemoved(long predictions, long claims, long failures, long bodies);
}

/// <summary>The stores that things grow old in.</summary>
internal sealed record PredictionRetention(
    PredictionStore Predictions, IdempotencyStore Idempotency, QueueFailureStore Failures, QueuedRequestStore Requests);
