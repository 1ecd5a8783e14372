using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Predictions;

/// <summary>Body of <c>POST v1/patients/lookup</c>.</summary>
public sealed record PatientLookupRequest
{
    /// <summary>The caller's own id of the patient.</summary>
    [Text(PredictionRequestReader.MaxIdLength)]
    public required string Id { get; init; }

    /// <summary>
    /// Whether a patient that is not known is to be entered, for instance to record an objection before anything was scored.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Create { get; init; }
}

/// <summary>Answer of <c>POST v1/patients/lookup</c>.</summary>
/// <param name="PatientKey">Random pseudonym under which the patient's predictions are listed.</param>
public sealed record PatientLookupResponse(string PatientKey);

/// <summary>A page of a patient's predictions, newest first.</summary>
/// <param name="PatientKey">The patient's pseudonym.</param>
/// <param name="Predictions">Answers as given at the time.</param>
/// <param name="After">Token for the next page (<c>?after=</c>); null on the last one.</param>
public sealed record PatientPredictions(string PatientKey, IReadOnlyList<PredictionResponse> Predictions, string? After);
