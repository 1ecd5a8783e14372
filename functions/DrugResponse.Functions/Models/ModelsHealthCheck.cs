using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Models;

/// <summary>Which models are in use, and whether the newest published ones are.</summary>
internal sealed class ModelsHealthCheck(ModelSetKeeper keeper) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = string.Join(' ', keeper.Faults);
        if (keeper.Current is not { } current)
            return Task.FromResult(HealthCheckResult.Unhealthy(faults.Length > 0 ? faults : "Models are being loaded."));

        var models = string.Join(", ", current.Models.Select(model => $"{model.Reference.Id} {model.Reference.Version}"));
        return Task.FromResult(faults.Length > 0
            ? HealthCheckResult.Degraded($"In use: {models}. Not in use: {faults}")
            : HealthCheckResult.Healthy($"In use: {models}."));
    }
}
