using DrugResponse.Functions.Health;
using DrugResponse.Pharmacogenomics.Knowledge;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Genotypes;

/// <summary>Which version of the pharmacogenomic tables is in use. The tables are part of the program, so they cannot be absent.</summary>
internal sealed class KnowledgeHealthCheck : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(
            $"Version {KnowledgeBase.Default.Version}.", ReadyVersions.Of(KnowledgeBase.Default.Version)));
}
