using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Http;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// <c>POST v1/predictions</c>: scores a patient and stores the answer before giving it; with <c>Prefer: respond-async</c> (RFC 7240) keeps
/// the request, encrypted, and scores it from the queue.
/// </summary>
internal static class PredictPatient
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request,
        PredictionRecorder recorder,
        PredictionQueue queue,
        Caller caller,
        AuditNote note,
        CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.TryRead(request, out var key, out var refusal))
            return refusal;
        var identity = key is null ? null : RequestIdentity.OfHeader(key);

        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return problem;

        var outcome = PredictionQueue.IsPreferredBy(request)
            ? await queue.AddAsync(caller.Tenant, body.Root, identity, cancellationToken)
            : await recorder.RecordAsync(caller.Tenant, body.Root, _ => identity, cancellationToken);
        note.IsAbout(outcome);
        return outcome switch
        {
            RecordOutcome.Refused refused => refused.Problem,
            RecordOutcome.Stored stored => new JsonAnswer(
                stored.Json, StatusCodes.Status201Created, $"{request.Path}/{stored.PredictionId}"),
            RecordOutcome.Reserved reserved => PredictionQueue.Answer(request, reserved),
            _ => throw new InvalidOperationException($"Unexpected outcome {outcome.GetType().Name}."),
        };
    }
}
