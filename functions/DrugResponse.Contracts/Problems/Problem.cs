using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Problems;

/// <summary>An error answer, RFC 9457 <c>application/problem+json</c>.</summary>
public sealed record Problem
{
    /// <summary>Stable identifier of the kind of problem.</summary>
    [Words(typeof(ProblemTypes))]
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status code.</summary>
    [Unit("HTTP status code")]
    [Range(400, 599)]
    public required int Status { get; init; }

    /// <summary>This occurrence in words; never patient data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Id to quote when asking for help.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>All faults of the request: JSON pointer to messages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
}
