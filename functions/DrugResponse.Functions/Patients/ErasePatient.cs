using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Patients;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>
/// <c>DELETE v1/patients/{patientKey}</c>: erases a patient, and <c>GET v1/patients/{patientKey}/erasure</c>: how far that is.
/// </summary>
internal static class ErasePatient
{
    public static async Task<IResult> HandleAsync(
        string patientKey, Caller caller, PatientEraser eraser, AuditNote note, CancellationToken cancellationToken)
    {
        if (!PatientKey.TryParse(patientKey, out var key))
            return ProblemResponses.NotFound();

        if (await eraser.EraseAsync(caller, key, cancellationToken) is not { } erasure)
            return ProblemResponses.NotFound();

        note.Count = erasure.Counts.Predictions;
        return Describe(erasure, erasure.CompletedAt is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    public static async Task<IResult> GetErasureAsync(
        string patientKey, Caller caller, ErasureStore erasures, CancellationToken cancellationToken) =>
        PatientKey.TryParse(patientKey, out var key) && await erasures.FindAsync(caller.Tenant, key, cancellationToken) is { } erasure
            ? Describe(erasure, StatusCodes.Status200OK)
            : ProblemResponses.NotFound();

    private static JsonAnswer Describe(Erasure erasure, int status)
    {
        var answer = new PatientErasure
        {
            PatientKey = erasure.PatientKey.ToString(),
            State = erasure.CompletedAt is null ? "running" : "completed",
            RequestedAt = erasure.RequestedAt,
            CompletedAt = erasure.CompletedAt,
            Predictions = erasure.Counts.Predictions,
            IdempotencyKeys = erasure.Counts.IdempotencyKeys,
            BatchRows = erasure.Counts.BatchRows,
        };
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.PatientErasure), status);
    }
}
