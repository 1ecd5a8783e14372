using System.Text.Json.Serialization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Contracts;

/// <summary>Source-generated JSON of all wire records: camelCase, no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PredictionRequest))]
[JsonSerializable(typeof(PredictionResponse))]
[JsonSerializable(typeof(PatientLookupRequest))]
[JsonSerializable(typeof(PatientLookupResponse))]
[JsonSerializable(typeof(PatientPredictions))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
