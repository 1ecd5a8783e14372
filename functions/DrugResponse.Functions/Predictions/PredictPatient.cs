using DrugResponse.Functions.Access;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Http;

namespace DrugResponse.Functions.Predictions;

/// <summary><c>POST v1/predictions</c>: scores a patient and stores the answer before giving it.</summary>
internal static class PredictPatient
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, PredictionRecorder recorder, Tenants tenants, CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.TryRead(request, out var key, out var refusal))
            return refusal;
        var identity = key is null ? null : RequestIdentity.OfHeader(key);

        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return problem;

        return await recorder.RecordAsync(tenants.OfCaller, body.Root, _ => identity, cancellationToken) switch
        {
            RecordOutcome.Refused refused => refused.Problem,
            RecordOutcome.Stored stored => new JsonAnswer(
                stored.Json, StatusCodes.Status201Created, $"{request.Path}/{stored.PredictionId}"),
            var outcome => throw new InvalidOperationException($"Unexpected outcome {outcome.GetType().Name}."),
        };
    }
}
