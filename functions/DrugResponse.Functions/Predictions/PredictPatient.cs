using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Http;

namespace DrugResponse.Functions.Predictions;

/// <summary><c>POST v1/predictions</c>: scores a patient and stores the answer before giving it.</summary>
internal static class PredictPatient
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";
    private const int MaxIdempotencyKeyLength = 256;

    public static async Task<IResult> HandleAsync(
        HttpRequest request, PredictionRecorder recorder, Caller caller, AuditNote note, CancellationToken cancellationToken)
    {
        if (!TryReadIdentity(request, out var identity))
            return ProblemResponses.BadRequest($"{IdempotencyKeyHeader} must stand once, with 1 to {MaxIdempotencyKeyLength} characters.");

        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
            return problem;

        var outcome = await recorder.RecordAsync(caller.Tenant, body.Root, _ => identity, cancellationToken);
        if (outcome is RecordOutcome.Refused refused)
        {
            note.PatientKey = refused.PatientKey?.ToString();
            return refused.Problem;
        }

        var stored = (RecordOutcome.Stored)outcome;
        note.IsAbout(stored.Prediction);
        return new JsonAnswer(stored.Json, StatusCodes.Status201Created, $"{request.Path}/{stored.PredictionId}");
    }

    private static bool TryReadIdentity(HttpRequest request, out RequestIdentity? identity)
    {
        identity = null;
        var values = request.Headers[IdempotencyKeyHeader];
        if (values.Count == 0)
            return true;
        if (values is not [{ Length: > 0 and <= MaxIdempotencyKeyLength } key])
            return false;
        identity = RequestIdentity.OfHeader(key);
        return true;
    }
}
