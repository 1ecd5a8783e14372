using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Batches.Status;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.StorageAccess;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary><c>POST v1/batches</c>: takes a cohort, and answers once it is safe.</summary>
internal static class SubmitBatch
{
    private const string FirstLookAfterSeconds = "1";

    public static async Task<IResult> HandleAsync(
        HttpRequest request,
        BatchSubmitter submitter,
        WebhookAddresses webhooks,
        BatchStatusReader statuses,
        StorageSetup storage,
        Caller caller,
        AuditNote note,
        CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.TryRead(request, out var key, out var problem)
            || !SubmissionOptions.TryRead(request, webhooks, out var options, out problem))
            return problem;

        await storage.WaitAsync(cancellationToken);
        var (batch, refusal) = await submitter.SubmitAsync(caller.Tenant, options, request.Body, key, cancellationToken);
        if (batch is null)
            return refusal!;

        (note.Resource, note.Count) = (batch.Id.ToString(), batch.Input?.Rows);

        // The batch is there: whatever storage does from here on, an answer that asked for the submission again would make a second one.
        var status = statuses.Describe(batch);
        request.HttpContext.Response.Headers.RetryAfter = FirstLookAfterSeconds;
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(status, ContractsJsonContext.Wire.BatchStatus),
            StatusCodes.Status202Accepted,
            $"{request.Path}/{batch.Id}");
    }
}
