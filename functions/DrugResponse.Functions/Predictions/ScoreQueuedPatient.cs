using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage;
using DrugResponse.Storage.Queues;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// <c>ScoreQueuedPatient</c>: a message of the queue <c>prediction-requests</c>. It is either one of the app's own, which says where the
/// encrypted request lies, or a bare prediction body from outside. A message that cannot be read or scored is recorded; a bare one fails
/// until the host moves it to the poison queue.
/// </summary>
internal sealed class ScoreQueuedPatient(
    PredictionRecorder recorder, QueuedRequestStore requests, QueueFaults faults, AuditTrail trail, IOptions<AccessOptions> access)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ScoreQueuedPatient";

    private readonly TenantName? _queueTenant = TenantName.TryParse(access.Value.QueueTenant, out var tenant) ? tenant : null;

    public async Task<TriggerOutcome> HandleAsync(QueueTriggerMessage message, CancellationToken cancellationToken)
    {
        if (trail.IsOverdue)
            return TriggerOutcome.Failed("The audit trail cannot be written.");
        if (QueuedRequest.TryParse(message.Body.Span, out var request))
            return await ScoreAsync(request, message, cancellationToken);
        if (_queueTenant is not { } tenant)
            return TriggerOutcome.Failed("Bare bodies on the queue are not accepted: no queue tenant is configured.");

        if (await TryRecordAsync(tenant, message, cancellationToken) is not { } problem)
            return TriggerOutcome.Done;
        // What passes by itself is no fault of the message: it is delivered again.
        if (problem.RetryAfter is null)
            await faults.RecordAsync(tenant, message, problem.Problem, cancellationToken);
        return TriggerOutcome.Failed($"{problem.Problem.Type}: {problem.Problem.Title}");
    }

    private async Task<ProblemResponse?> TryRecordAsync(TenantName tenant, QueueTriggerMessage message, CancellationToken cancellationToken)
    {
        using var body = JsonBody.Parse(message.Body);
        if (body.Problem is { } problem)
            return problem;

        var outcome = await recorder.RecordAsync(
            tenant, body.Root, request => RequestIdentity.OfMessage(request.RequestId, message.Id), cancellationToken);
        await trail.RecordAsync(tenant, outcome.ToQueueEntry(FunctionName, faults.Now, message.InvocationId), cancellationToken);
        return (outcome as RecordOutcome.Refused)?.Problem;
    }

    // The body goes when there is nothing more to do with it, and what was done is written down. It was in order when it was taken, so a
    // refusal has come up since and is final.
    private async Task<TriggerOutcome> ScoreAsync(QueuedRequest request, QueueTriggerMessage message, CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(request, cancellationToken) is not { } stored)
            return TriggerOutcome.Done;

        using var body = JsonBody.Parse(stored);
        var outcome = await recorder.RecordReservedAsync(request.Tenant, body.Root, request.Id, request.ClaimId, cancellationToken);
        if (outcome is not null)
            await trail.RecordAsync(
                request.Tenant, outcome.ToQueueEntry(FunctionName, faults.Now, message.InvocationId), cancellationToken);
        if (outcome is RecordOutcome.Refused { Problem: { RetryAfter: not null } passing })
            return TriggerOutcome.Failed($"{passing.Problem.Type}: {passing.Problem.Title}");

        if (outcome is RecordOutcome.Refused refused)
            await faults.RecordAsync(request.Tenant, message, refused.Problem.Problem, cancellationToken);
        await requests.RemoveAsync(request, cancellationToken);
        return TriggerOutcome.Done;
    }
}
