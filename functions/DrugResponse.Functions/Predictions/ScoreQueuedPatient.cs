using System.Globalization;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Http;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// <c>ScoreQueuedPatient</c>: a bare prediction body from the queue <c>prediction-requests</c>. A message that cannot be read or
/// scored is recorded, and fails until the host moves it to the poison queue.
/// </summary>
internal sealed class ScoreQueuedPatient(
    PredictionRecorder recorder, QueueFailureStore failures, AuditTrail trail, IOptions<AccessOptions> access, TimeProvider clock)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ScoreQueuedPatient";

    private readonly TenantName? _queueTenant = TenantName.TryParse(access.Value.QueueTenant, out var tenant) ? tenant : null;

    public async Task<TriggerOutcome> HandleAsync(QueueTriggerMessage message, CancellationToken cancellationToken)
    {
        if (_queueTenant is not { } tenant)
            return TriggerOutcome.Failed("Bare bodies on the queue are not accepted: no queue tenant is configured.");

        if (await TryRecordAsync(tenant, message, cancellationToken) is not { } problem)
            return TriggerOutcome.Done;
        // What passes by itself is no fault of the message: it is delivered again.
        if (problem.RetryAfter is null)
            await RecordFailureAsync(tenant, message, problem.Problem, cancellationToken);
        return TriggerOutcome.Failed($"{problem.Problem.Type}: {problem.Problem.Title}");
    }

    private async Task<ProblemResponse?> TryRecordAsync(TenantName tenant, QueueTriggerMessage message, CancellationToken cancellationToken)
    {
        using var body = JsonBody.Parse(message.Body);
        if (body.Problem is { } problem)
            return problem;

        var outcome = await recorder.RecordAsync(
            tenant, body.Root, request => RequestIdentity.OfMessage(request.RequestId, message.Id), cancellationToken);
        Audit(tenant, message, outcome);
        return (outcome as RecordOutcome.Refused)?.Problem;
    }

    private void Audit(TenantName tenant, QueueTriggerMessage message, RecordOutcome outcome)
    {
        var stored = (outcome as RecordOutcome.Stored)?.Prediction;
        var status = (outcome as RecordOutcome.Refused)?.Problem.Problem.Status ?? StatusCodes.Status201Created;
        trail.Record(tenant, new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = "queue",
            Action = FunctionName,
            Outcome = status.ToString(CultureInfo.InvariantCulture),
            PatientKey = (stored?.Id.PatientKey ?? (outcome as RecordOutcome.Refused)?.PatientKey)?.ToString(),
            Resource = stored?.Id.ToString(),
            RequestHash = stored?.RequestHash,
            Models = stored?.ModelVersions,
            Knowledge = stored?.KnowledgeVersion,
            Purpose = stored?.Purpose,
            TraceId = message.InvocationId,
        });
    }

    private Task RecordFailureAsync(TenantName tenant, QueueTriggerMessage message, Problem problem, CancellationToken cancellationToken) =>
        failures.RecordAsync(
            tenant,
            new QueueFailedAttempt(
                FunctionName,
                PredictionRequests.QueueName,
                message.Id ?? "unknown",
                clock.GetUtcNow(),
                (int)(message.DequeueCount ?? 0),
                problem.Type,
                Faults(problem)),
            cancellationToken);

    private static IReadOnlyList<QueueFault> Faults(Problem problem) => problem.Errors is { } errors
        ? [.. errors.SelectMany(error => error.Value.Select(message => new QueueFault(error.Key, message)))]
        : [new QueueFault("", problem.Detail ?? problem.Title)];
}
