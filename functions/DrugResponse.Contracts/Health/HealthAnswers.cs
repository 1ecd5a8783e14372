using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DrugResponse.Contracts.Health;

/// <summary>The answer of <c>GET health/live</c>.</summary>
/// <param name="Status">Always <c>alive</c>: a process that is not cannot answer.</param>
public sealed record LiveAnswer(string Status);

/// <summary>The answer of <c>GET health/ready</c>.</summary>
/// <param name="Status"><c>ready</c>; <c>degraded</c>: it works, but something needs attention; or <c>not-ready</c>.</param>
/// <param name="Checks">The outcome of each check, by its name.</param>
public sealed record ReadyAnswer(
    [property: AllowedValues("ready", "degraded", "not-ready")] string Status, IReadOnlyDictionary<string, CheckAnswer> Checks);

/// <summary>The outcome of one check.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>not-ready</c>.</param>
/// <param name="Reason">Why it is so, for an operator; left out when there is nothing to say, and outside Development for whoever asks without
/// a credential.</param>
public sealed record CheckAnswer(
    [property: AllowedValues("ready", "degraded", "not-ready")] string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);
