using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using DrugResponse.Contracts.Patients;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Batches;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.Patients;

/// <summary>Writes what is held of a patient, with what it is stored beside, rewriting nothing, and says what it leaves out.
/// Thread-safe.</summary>
internal sealed class PatientExporter(
    PatientRegister register, PatientRecords records, ConsentReferences references, AuditTrail trail, AuditStore audit)
{
    private const int PageSize = 20;

    private const string InputsNotIncluded =
        "Rows of the inputs of batches as they were sent. They are kept, encrypted, from the submission until some time after the batch has "
        + "ended (1 hour unless the operator set another), and nothing leads from a patient to them. What came of a row is in batchRows as "
        + "soon as it is scored.";

    /// <summary>Writes an export.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task WriteAsync(TenantName tenant, PatientKey patientKey, PipeWriter output, CancellationToken cancellationToken)
    {
        await trail.FlushAsync(cancellationToken);
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("patientKey"u8, patientKey.ToString());
        json.WriteStartArray("pseudonyms"u8);
        var pseudonyms = await register.FindPseudonymsAsync(tenant, patientKey, cancellationToken);
        foreach (var pseudonym in pseudonyms)
            json.WriteStringValue(pseudonym);
        json.WriteEndArray();
        WriteConsent(json, await register.FindConsentAsync(tenant, patientKey, cancellationToken));
        await WritePredictionsAsync(json, tenant, patientKey, output, cancellationToken);
        await WriteKeptRequestsAsync(json, tenant, patientKey, cancellationToken);
        await WriteBatchRowsAsync(json, tenant, pseudonyms, cancellationToken);
        json.WriteStartArray("notIncluded"u8);
        json.WriteStringValue(InputsNotIncluded);
        json.WriteEndArray();
        json.WriteStartArray("audit"u8);
        await foreach (var row in audit.ReadPatientAsync(tenant, patientKey.ToString(), cancellationToken))
            json.WriteRawValue(row.Content);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteConsent(Utf8JsonWriter json, PatientConsent? consent)
    {
        json.WritePropertyName("consent"u8);
        if (consent is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("scoring"u8, consent.HasObjected ? ConsentStates.Objected : ConsentStates.Allowed);
        json.WriteString("reference"u8, consent.Reference);
        json.WriteString("recordedAt"u8, consent.RecordedAt);
        json.WriteString("recordedBy"u8, consent.RecordedBy);
        json.WriteEndObject();
    }

    private async Task WritePredictionsAsync(
        Utf8JsonWriter json, TenantName tenant, PatientKey patientKey, PipeWriter output, CancellationToken cancellationToken)
    {
        json.WriteStartArray("predictions"u8);
        PredictionId? after = null;
        do
        {
            var page = await records.Predictions.ListAsync(tenant, patientKey, PageSize, after, cancellationToken);
            foreach (var prediction in page.Predictions)
                Write(json, prediction, references.Open(tenant, prediction));
            await json.FlushAsync(cancellationToken);
            await output.FlushAsync(cancellationToken);
            after = page.Continuation;
        }
        while (after is not null);

        json.WriteEndArray();
    }

    private async Task WriteKeptRequestsAsync(
        Utf8JsonWriter json, TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken)
    {
        json.WriteStartArray("keptRequests"u8);
        await foreach (var kept in records.Requests.ReadOfAsync(tenant, patientKey, cancellationToken))
        {
            // It may be scored meanwhile.
            if (await records.Requests.FindAsync(kept, cancellationToken) is not { } body)
                continue;
            json.WriteStartObject();
            json.WriteString("predictionId"u8, kept.Id.ToString());
            json.WriteString("createdAt"u8, kept.Id.CreatedAt);
            json.WritePropertyName("request"u8);
            json.WriteRawValue(body, skipInputValidation: true);
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
    }

    private async Task WriteBatchRowsAsync(
        Utf8JsonWriter json, TenantName tenant, IReadOnlyList<string> pseudonyms, CancellationToken cancellationToken)
    {
        json.WriteStartArray("batchRows"u8);
        await foreach (var (id, row) in records.Batches.ReadAsync(tenant, pseudonyms, cancellationToken))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id.ToString());
            json.WriteString("batchId"u8, id.Batch.ToString());
            if (row.IsDamaged)
            {
                json.WriteBoolean("unreadable"u8, true);
            }
            else
            {
                json.WritePropertyName(row.Kind is BatchResultKind.Result ? "result"u8 : "error"u8);
                json.WriteRawValue(row.Content.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, StoredPrediction prediction, string? consentReference)
    {
        json.WriteStartObject();
        json.WriteString("predictionId"u8, prediction.Id.ToString());
        json.WriteString("createdAt"u8, prediction.Id.CreatedAt);
        json.WriteString("requestHash"u8, prediction.RequestHash);
        json.WriteString("knowledgeVersion"u8, prediction.KnowledgeVersion);
        json.WriteString("modelVersions"u8, prediction.ModelVersions);
        json.WriteString("purpose"u8, prediction.Purpose);
        json.WriteString("consentReference"u8, consentReference);
        json.WriteString("idempotencyClaim"u8, prediction.ClaimId);
        json.WritePropertyName("shadowScores"u8);
        if (prediction.ShadowScores.IsEmpty)
            json.WriteNullValue();
        else
            json.WriteRawValue(prediction.ShadowScores.Span, skipInputValidation: true);
        json.WritePropertyName("answer"u8);
        json.WriteRawValue(prediction.Content.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}

/// <summary>Where answers about patients are kept, and what is still to be answered.</summary>
internal sealed record PatientRecords(PredictionStore Predictions, QueuedRequestStore Requests, BatchPatients Batches);
