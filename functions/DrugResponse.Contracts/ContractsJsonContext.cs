using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Audit;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Catalogue;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Contracts.Health;
using DrugResponse.Contracts.Models;
using DrugResponse.Contracts.Patients;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Contracts;

/// <summary>Source-generated JSON of all wire records: camelCase, no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PredictionRequest))]
[JsonSerializable(typeof(PredictionResponse))]
[JsonSerializable(typeof(QueuedPrediction))]
[JsonSerializable(typeof(PatientLookupRequest))]
[JsonSerializable(typeof(PatientLookupResponse))]
[JsonSerializable(typeof(PatientPredictions))]
[JsonSerializable(typeof(GenotypeTranslation))]
[JsonSerializable(typeof(GeneList))]
[JsonSerializable(typeof(DrugList))]
[JsonSerializable(typeof(FeatureList))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelDetail))]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(ApiKeyRotation))]
[JsonSerializable(typeof(ApiKeySummary))]
[JsonSerializable(typeof(CreatedApiKey))]
[JsonSerializable(typeof(ApiKeyList))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditVerification))]
[JsonSerializable(typeof(PatientConsentRequest))]
[JsonSerializable(typeof(PatientConsentAnswer))]
[JsonSerializable(typeof(ExportedPatient))]
[JsonSerializable(typeof(PatientErasure))]
[JsonSerializable(typeof(PseudonymKeyReport))]
[JsonSerializable(typeof(BatchStatus))]
[JsonSerializable(typeof(BatchList))]
[JsonSerializable(typeof(BatchUpload))]
[JsonSerializable(typeof(BatchResultLine))]
[JsonSerializable(typeof(BatchErrorLine))]
[JsonSerializable(typeof(BatchSummary))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractsJsonContext : JsonSerializerContext
{
    /// <summary>How callers write requests: what is not known is left out.</summary>
    public static ContractsJsonContext Sparse { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>
    /// How answers are written: letters such as <c>≥</c> and <c>+</c> as they are. Answers are sent as JSON and are never part of a page,
    /// which the default's further escapes are for.
    /// </summary>
    public static ContractsJsonContext Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
