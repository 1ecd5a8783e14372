using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Patients;

/// <summary>Answer of <c>GET v1/patients/{patientKey}/export</c>: all that is held of a patient but for what
/// <see cref="NotIncluded"/> names. It may be long.</summary>
public sealed record ExportedPatient
{
    /// <summary>The patient's key.</summary>
    public required string PatientKey { get; init; }

    /// <summary>Under what the patient's own id is known: keyed hashes of it, one for each version of the pseudonym key.</summary>
    public required IReadOnlyList<string> Pseudonyms { get; init; }

    /// <summary>What was recorded of the patient's consent; null when nothing was.</summary>
    public ExportedConsent? Consent { get; init; }

    /// <summary>The predictions, newest first.</summary>
    public required IReadOnlyList<ExportedPrediction> Predictions { get; init; }

    /// <summary>Requests that are kept to be scored (<c>Prefer: respond-async</c>).</summary>
    public required IReadOnlyList<ExportedKeptRequest> KeptRequests { get; init; }

    /// <summary>The rows of batches that were about the patient.</summary>
    public required IReadOnlyList<ExportedBatchRow> BatchRows { get; init; }

    /// <summary>What may be held and is not here, and until when it is kept.</summary>
    public required IReadOnlyList<string> NotIncluded { get; init; }

    /// <summary>What was done with the patient's data, by whom and when.</summary>
    public required IReadOnlyList<ExportedAccess> Audit { get; init; }
}

/// <summary>What was recorded of a patient's consent.</summary>
public sealed record ExportedConsent
{
    /// <summary><c>allowed</c> or <c>objected</c>.</summary>
    [AllowedValues(ConsentStates.Allowed, ConsentStates.Objected)]
    public required string Scoring { get; init; }

    /// <summary>Where that is documented; null when the caller did not say.</summary>
    [Text(ConsentReader.MaxReferenceLength)]
    public string? Reference { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who recorded it: <c>key:{id}</c> or <c>token:{subject}</c>.</summary>
    public required string RecordedBy { get; init; }
}

/// <summary>A prediction, with what is stored beside it.</summary>
public sealed record ExportedPrediction
{
    /// <summary>Its id.</summary>
    public required string PredictionId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Keyed hash of the request.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Version of the pharmacogenomic tables that were used.</summary>
    public required string KnowledgeVersion { get; init; }

    /// <summary>Names and versions of the models that were used.</summary>
    public required string ModelVersions { get; init; }

    /// <summary>What the caller said that the scoring is for; null when nothing.</summary>
    [Text(PredictionRequestReader.MaxPurposeLength)]
    public string? Purpose { get; init; }

    /// <summary>Where the consent to it is documented; null when the caller did not say.</summary>
    [Text(ConsentReader.MaxReferenceLength)]
    public string? ConsentReference { get; init; }

    /// <summary>Hash of the idempotency key that it came with; null when none.</summary>
    public string? IdempotencyClaim { get; init; }

    /// <summary>What models said that were scored on trial beside those in use, and never told to anybody; null when there were none.</summary>
    public IReadOnlyList<ExportedShadowScore>? ShadowScores { get; init; }

    /// <summary>The answer as it was given.</summary>
    public required PredictionResponse Answer { get; init; }
}

/// <summary>What a model on trial said. It is stored to compare it with the model in use, and never answered.</summary>
public sealed record ExportedShadowScore
{
    /// <summary>The model as <c>drug/endpoint</c>.</summary>
    [Text(Pattern = TextAttribute.ModelId)]
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of its archive, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its probability; left out for a dose, or when it failed.</summary>
    [Unit("1")]
    [Range(0.0, 1.0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Probability { get; init; }

    /// <summary>Its dose, in the unit of its card; left out for a probability, or when it failed.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }

    /// <summary>Lower end of its interval; left out when it has none.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Low { get; init; }

    /// <summary>Upper end of its interval; left out when it has none.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? High { get; init; }

    /// <summary>Why it gave no number; left out when it gave one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }
}

/// <summary>A request that is kept to be scored.</summary>
public sealed record ExportedKeptRequest
{
    /// <summary>The id that its prediction will have.</summary>
    public required string PredictionId { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The request as it was sent.</summary>
    public required PredictionRequest Request { get; init; }
}

/// <summary>A row of a batch.</summary>
public sealed record ExportedBatchRow
{
    /// <summary>Its id.</summary>
    [Text(Pattern = "^[0-9a-f]{32}\\.[0-9]+\\.[0-9]+$")]
    public required string Id { get; init; }

    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>Whether what came of it is stored and cannot be read any more; left out when it can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unreadable { get; init; }

    /// <summary>Its result; left out when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchResultLine? Result { get; init; }

    /// <summary>Its faults; left out when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchErrorLine? Error { get; init; }
}
