using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Health;

/// <summary>
/// Makes one report on the process's health at a time, for all that ask meanwhile: anybody may ask, as often as he likes, and each report
/// reads storage. Thread-safe.
/// </summary>
internal sealed class SharedHealthReport(HealthCheckService checks)
{
    private readonly Lock _lock = new();
    private Task<HealthReport>? _inWork;

    /// <summary>Makes a report, or gives the one that is being made.</summary>
    /// <param name="cancellationToken">Ends the waiting for it.</param>
    public Task<HealthReport> MakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_inWork is not { IsCompleted: false })
                _inWork = Task.Run(() => checks.CheckHealthAsync(CancellationToken.None), CancellationToken.None);
            return _inWork.WaitAsync(cancellationToken);
        }
    }
}
