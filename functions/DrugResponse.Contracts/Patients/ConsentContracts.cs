using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Patients;

/// <summary>What can be recorded of a patient's consent to being scored.</summary>
public static class ConsentStates
{
    /// <summary>The patient may be scored.</summary>
    public const string Allowed = "allowed";

    /// <summary>The patient objects: every request to score the patient is refused, whatever way it comes.</summary>
    public const string Objected = "objected";

    /// <summary>Nothing was recorded. The patient may be scored; that the caller is entitled to is the caller's affair.</summary>
    public const string NotRecorded = "not-recorded";
}

/// <summary>Body of <c>PUT v1/patients/{patientKey}/consent</c>.</summary>
public sealed record PatientConsentRequest
{
    /// <summary><c>allowed</c>, or <c>objected</c>: then every request to score the patient is refused.</summary>
    [AllowedValues(ConsentStates.Allowed, ConsentStates.Objected)]
    public required string Scoring { get; init; }

    /// <summary>Where that is documented, in the caller's terms, at most 128 characters. It is stored encrypted.</summary>
    [Text(ConsentReader.MaxReferenceLength)]
    public string? Reference { get; init; }
}

/// <summary>Answer of <c>GET</c> and <c>PUT v1/patients/{patientKey}/consent</c>.</summary>
public sealed record PatientConsentAnswer
{
    /// <summary>The patient's key.</summary>
    public required string PatientKey { get; init; }

    /// <summary><c>allowed</c>; <c>objected</c>; or <c>not-recorded</c>, and then the patient may be scored.</summary>
    [AllowedValues(ConsentStates.Allowed, ConsentStates.Objected, ConsentStates.NotRecorded)]
    public required string Scoring { get; init; }

    /// <summary>Where that is documented.</summary>
    [Text(ConsentReader.MaxReferenceLength)]
    public string? Reference { get; init; }

    /// <summary>When it was recorded; null when nothing was.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTimeOffset? RecordedAt { get; init; }
}
