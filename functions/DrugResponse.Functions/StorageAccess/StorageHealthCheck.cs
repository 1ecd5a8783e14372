using Azure;
using DrugResponse.Storage.Models;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.StorageAccess;

/// <summary>Whether tables and blobs answer, asked by one read of each.</summary>
internal sealed class StorageHealthCheck(StorageSetup setup, PredictionStore predictions, ModelBlobStore models) : IHealthCheck
{
    private static readonly TenantName NoTenant = TenantName.Parse("health");

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!setup.Done.IsCompletedSuccessfully)
            return HealthCheckResult.Unhealthy("Tables, queues and containers are not created yet.");
        try
        {
            await Task.WhenAll(
                predictions.ListAsync(NoTenant, PatientKey.New(), 1, null, cancellationToken), models.IsEmptyAsync(cancellationToken));
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            return HealthCheckResult.Unhealthy("Storage does not answer.");
        }
        catch (RequestFailedException refusal)
        {
            // The service's own message spans many lines, with headers: not for a page that anybody may read.
            return HealthCheckResult.Unhealthy($"Storage refuses to be read: HTTP {refusal.Status} {refusal.ErrorCode}.");
        }
    }
}
