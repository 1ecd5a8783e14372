using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DrugResponse.Contracts.Predictions;

/// <summary>
/// Writes an answer as JSON: the same bytes as <see cref="ContractsJsonContext"/> gives, in less time. A batch writes millions of answers,
/// of which scores and contributions are the larger part; those are written here, and everything else by the context. Thread-safe.
/// </summary>
public static class PredictionResponseWriter
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonEncodedText PredictionId = JsonEncodedText.Encode("predictionId");
    private static readonly JsonEncodedText PatientKey = JsonEncodedText.Encode("patientKey");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    private static readonly JsonEncodedText KnowledgeVersion = JsonEncodedText.Encode("knowledgeVersion");
    private static readonly JsonEncodedText Phenotypes = JsonEncodedText.Encode("phenotypes");
    private static readonly JsonEncodedText Drugs = JsonEncodedText.Encode("drugs");
    private static readonly JsonEncodedText Rankings = JsonEncodedText.Encode("rankings");
    private static readonly JsonEncodedText Warnings = JsonEncodedText.Encode("warnings");
    private static readonly JsonEncodedText Drug = JsonEncodedText.Encode("drug");
    private static readonly JsonEncodedText Response = JsonEncodedText.Encode("response");
    private static readonly JsonEncodedText OtherResponses = JsonEncodedText.Encode("otherResponses");
    private static readonly JsonEncodedText Adverse = JsonEncodedText.Encode("adverse");
    private static readonly JsonEncodedText Dose = JsonEncodedText.Encode("dose");
    private static readonly JsonEncodedText Guidance = JsonEncodedText.Encode("guidance");

    /// <summary>An answer as <see cref="ContractsJsonContext.Wire"/> gives it.</summary>
    /// <param name="response">The answer.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] ToJson(PredictionResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, response);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="json">Takes it; how text is escaped, it says.</param>
    /// <param name="response">The answer.</param>
    public static void Write(Utf8JsonWriter json, PredictionResponse response)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(response);

        // The context without options of its own has the fast way of writing.
        var context = ContractsJsonContext.Default;
        json.WriteStartObject();
        json.WriteString(PredictionId, response.PredictionId);
        json.WriteString(PatientKey, response.PatientKey);
        json.WriteString(CreatedAt, UtcInstantConverter.TextOf(response.CreatedAt));
        json.WriteString(KnowledgeVersion, response.KnowledgeVersion);
        json.WritePropertyName(Phenotypes);
        JsonSerializer.Serialize(json, response.Phenotypes, context.IReadOnlyListGenePhenotype);
        json.WriteStartArray(Drugs);
        foreach (var drug in response.Drugs)
            Write(json, drug, context);
        json.WriteEndArray();
        json.WritePropertyName(Rankings);
        JsonSerializer.Serialize(json, response.Rankings, context.IReadOnlyListDrugRanking);
        json.WritePropertyName(Warnings);
        JsonSerializer.Serialize(json, response.Warnings, context.IReadOnlyListWarning);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DrugPrediction drug, ContractsJsonContext context)
    {
        json.WriteStartObject();
        json.WriteString(Drug, drug.Drug);
        json.WritePropertyName(Response);
        ScoredEndpointWriter.Write(json, drug.Response);
        WriteAll(OtherResponses, drug.OtherResponses);
        WriteAll(Adverse, drug.Adverse);
        json.WritePropertyName(Dose);
        ScoredEndpointWriter.Write(json, drug.Dose);
        json.WritePropertyName(Guidance);
        JsonSerializer.Serialize(json, drug.Guidance, context.IReadOnlyListGuidanceAction);
        json.WritePropertyName(Warnings);
        JsonSerializer.Serialize(json, drug.Warnings, context.IReadOnlyListWarning);
        json.WriteEndObject();

        void WriteAll(JsonEncodedText name, IReadOnlyList<EndpointPrediction> endpoints)
        {
            json.WriteStartArray(name);
            foreach (var endpoint in endpoints)
                ScoredEndpointWriter.Write(json, endpoint);
            json.WriteEndArray();
        }
    }
}
