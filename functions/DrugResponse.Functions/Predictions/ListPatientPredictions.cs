using System.Buffers;
using System.Text.Json;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary><c>GET v1/patients/{patientKey}/predictions</c>: a page of a patient's predictions, newest first.</summary>
internal static class ListPatientPredictions
{
    /// <summary>Predictions a page.</summary>
    public const int PageSize = 20;

    public static async Task<IResult> HandleAsync(
        string patientKey,
        string? after,
        PredictionStore predictions,
        Caller caller,
        AuditNote note,
        CancellationToken cancellationToken)
    {
        if (!PatientKey.TryParse(patientKey, out var key))
            return ProblemResponses.NotFound();
        PredictionId? continuation = null;
        if (after is not null)
        {
            if (!PredictionId.TryParse(after, out var last) || last.PatientKey != key)
                return ProblemResponses.BadRequest("after must be a token that an earlier page of this patient gave.");
            continuation = last;
        }

        var page = await predictions.ListAsync(caller.Tenant, key, PageSize, continuation, cancellationToken);
        note.Count = page.Predictions.Count;
        if (page.Predictions.Count == 0 && after is null)
            return ProblemResponses.NotFound();
        return new JsonAnswer(Write(key, page), StatusCodes.Status200OK);
    }

    // The stored answers are embedded as they are; reading and writing them again could only lose something.
    private static ReadOnlyMemory<byte> Write(PatientKey patientKey, PredictionPage page)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("patientKey"u8, patientKey.ToString());
        json.WriteStartArray("predictions"u8);
        foreach (var prediction in page.Predictions)
            json.WriteRawValue(prediction.Content.Span, skipInputValidation: true);
        json.WriteEndArray();
        if (page.Continuation is { } continuation)
            json.WriteString("after"u8, continuation.ToString());
        else
            json.WriteNull("after"u8);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
