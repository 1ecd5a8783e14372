using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Patients;

/// <summary>One access or decision, as an export tells it.</summary>
public sealed record ExportedAccess
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <c>key:{id}</c>, <c>token:{subject}</c>, <c>queue</c> or <c>system</c>.</summary>
    public required string Who { get; init; }

    /// <summary>The roles that the credential gave; left out for the service itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>What: the name of the function.</summary>
    public required string Action { get; init; }

    /// <summary>
    /// How it ended: the HTTP status code; or <c>begun</c> for what is noted before it is done, <c>done</c>, <c>refused</c>, <c>failed</c> for a
    /// command that broke off, <c>unfinished</c> for a removal that did; <c>scored</c> or <c>given up</c> for rows of a batch. New words may come.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>The patient's key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PatientKey { get; init; }

    /// <summary>Id of the prediction, batch, chunk or key that it was about; left out when none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    /// <summary>Keyed hash of the request; left out when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestHash { get; init; }

    /// <summary>Names and versions of the models that were used; left out when none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Models { get; init; }

    /// <summary>Version of the pharmacogenomic tables that were used; left out when none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Knowledge { get; init; }

    /// <summary>What the caller said that the scoring is for; left out when nothing.</summary>
    [Text(PredictionRequestReader.MaxPurposeLength)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Purpose { get; init; }

    /// <summary>How many patients or rows it was about; left out when one.</summary>
    [Unit("patients or rows")]
    [Range(0, UnitAttribute.Most)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }

    /// <summary>Id of the request, to find it in the logs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}
