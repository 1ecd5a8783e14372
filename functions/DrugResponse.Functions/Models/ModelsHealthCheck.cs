using DrugResponse.Functions.Health;
using DrugResponse.Prediction.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Models;

/// <summary>Which models are in use, which candidates run beside them, and whether the newest published ones are among them.</summary>
internal sealed class ModelsHealthCheck(ModelSetKeeper keeper) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = keeper.Faults;
        if (keeper.Current is not { } current)
            return Task.FromResult(HealthCheckResult.Unhealthy(faults.Count > 0 ? string.Join(' ', faults) : "Models are being loaded."));

        var sentences = Describe(current);
        if (faults.Count > 0)
            sentences.Add($"Not in use: {string.Join(' ', faults)}");
        var description = string.Join(' ', sentences);
        var versions = ReadyVersions.Of(current.Models);
        return Task.FromResult(faults.Count + current.CandidateFaults.Count > 0
            ? HealthCheckResult.Degraded(description, exception: null, versions)
            : HealthCheckResult.Healthy(description, versions));
    }

    private static List<string> Describe(ModelSet set)
    {
        var sentences = new List<string> { $"In use: {ModelNames.Of(set.Models)}." };
        if (set.Candidates.Any())
            sentences.Add($"In shadow: {ModelNames.Of(set.Candidates)}.");
        if (set.CandidateFaults.Count > 0)
            sentences.Add($"Not in shadow: {string.Join(' ', set.CandidateFaults)}");
        return sentences;
    }
}
