using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Patients;

/// <summary>Answer of <c>DELETE v1/patients/{patientKey}</c> and <c>GET v1/patients/{patientKey}/erasure</c>.</summary>
public sealed record PatientErasure
{
    /// <summary>The patient's key, from which nothing leads to the patient any more.</summary>
    public required string PatientKey { get; init; }

    /// <summary>
    /// <c>running</c>: predictions and idempotency keys are gone, rows of batches are being looked for; or <c>completed</c>.
    /// </summary>
    [AllowedValues("running", "completed")]
    public required string State { get; init; }

    /// <summary>When it was demanded.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the last of it was erased; null before.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How many predictions were erased.</summary>
    [Unit("predictions")]
    [Range(0, UnitAttribute.Most)]
    public required long Predictions { get; init; }

    /// <summary>How many idempotency keys were let go of.</summary>
    [Unit("idempotency keys")]
    [Range(0, UnitAttribute.Most)]
    public required long IdempotencyKeys { get; init; }

    /// <summary>How many rows of batches were erased.</summary>
    [Unit(UnitAttribute.Rows)]
    [Range(0, UnitAttribute.Most)]
    public required long BatchRows { get; init; }
}

/// <summary>Answer of <c>GET v1/pseudonyms</c>: how far a rotation of the pseudonym key has come.</summary>
/// <param name="CurrentVersion">The version of the key in use.</param>
/// <param name="Patients">How many patients there are that were named by a raw id.</param>
/// <param name="OnlyOnOthers">Of these, how many are entered under no other than an older version, by that version.</param>
/// <param name="ObjectionsOnlyOnOthers">How many erased patients there are whose objection is kept under no other, by the same.</param>
public sealed record PseudonymKeyReport(
    [property: Unit("key versions"), Range(1, UnitAttribute.Most)] int CurrentVersion,
    [property: Unit("patients"), Range(0, UnitAttribute.Most)] long Patients,
    [property: Unit("patients"), Range(0, UnitAttribute.Most)] IReadOnlyDictionary<string, long> OnlyOnOthers,
    [property: Unit("patients"), Range(0, UnitAttribute.Most)] IReadOnlyDictionary<string, long> ObjectionsOnlyOnOthers);
