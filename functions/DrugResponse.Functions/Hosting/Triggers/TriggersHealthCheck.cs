using DrugResponse.Functions.Hosting.Triggers.Local;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// Who listens to the queues, and whether anything keeps it from doing so. A process that cannot listen still answers requests, so it stays
/// in service: that is degraded, not unhealthy.
/// </summary>
internal sealed class TriggersHealthCheck(HostingState hosting, IServiceProvider services) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (hosting.Mode is HostingMode.BehindFunctionsHost)
            return HealthCheckResult.Healthy("The Functions host listens to the queues.");

        var triggers = services.GetRequiredService<LocalTriggers>();
        if (!triggers.IsEnabled)
            return HealthCheckResult.Healthy("This process does not listen to the queues: that is switched off.");
        return triggers.Obstacles is { Count: > 0 } obstacles
            ? HealthCheckResult.Degraded(string.Join(' ', obstacles))
            : HealthCheckResult.Healthy("This process listens to the queues.");
    }
}
