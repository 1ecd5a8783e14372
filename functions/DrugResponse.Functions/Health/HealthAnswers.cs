using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Health;

/// <summary>The answer of <c>health/live</c>.</summary>
/// <param name="Status">Always <c>alive</c>: a process that is not cannot answer.</param>
internal sealed record LiveAnswer(string Status);

/// <summary>The answer of <c>health/ready</c>.</summary>
/// <param name="Status"><c>ready</c>; <c>degraded</c>: it works, but something needs attention; or <c>not-ready</c>.</param>
/// <param name="Checks">The outcome of each check, by its name.</param>
internal sealed record ReadyAnswer(string Status, SortedDictionary<string, CheckAnswer> Checks)
{
    /// <summary>Puts a report into words.</summary>
    /// <param name="report">The outcome of all checks.</param>
    /// <returns>The answer.</returns>
    public static ReadyAnswer Of(HealthReport report)
    {
        var checks = new SortedDictionary<string, CheckAnswer>(StringComparer.Ordinal);
        foreach (var (name, entry) in report.Entries)
            checks.Add(name, new CheckAnswer(Word(entry.Status), entry.Description));

        return new ReadyAnswer(Word(report.Status), checks);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "not-ready",
    };
}

/// <summary>The outcome of one check.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>not-ready</c>.</param>
/// <param name="Reason">Why it is so, for an operator; left out when there is nothing to say.</param>
internal sealed record CheckAnswer(string Status, string? Reason);

/// <summary>How the answers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
