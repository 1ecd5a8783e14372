using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.Predictions;

/// <summary>Records why messages could not be scored, for their senders and operators. Thread-safe.</summary>
internal sealed class QueueFaults(QueueFailureStore failures, TimeProvider clock)
{
    /// <summary>The present.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Records a failed attempt.</summary>
    /// <param name="tenant">Whose message.</param>
    /// <param name="message">The message.</param>
    /// <param name="problem">Why it failed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task RecordAsync(TenantName tenant, QueueTriggerMessage message, Problem problem, CancellationToken cancellationToken) =>
        failures.RecordAsync(
            tenant,
            new QueueFailedAttempt(
                ScoreQueuedPatient.FunctionName,
                PredictionRequests.QueueName,
                message.Id ?? "unknown",
                Now,
                (int)(message.DequeueCount ?? 0),
                problem.Type,
                FaultsOf(problem)),
            cancellationToken);

    private static IReadOnlyList<QueueFault> FaultsOf(Problem problem) => problem.Errors is { } errors
        ? [.. errors.SelectMany(error => error.Value.Select(message => StoredFault.Of(error.Key, message)))]
        : [new QueueFault("", problem.Detail ?? problem.Title)];
}
