using Azure;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Predictions;

/// <content>How predictions go.</content>
public sealed partial class PredictionStore
{
    /// <summary>Removes all predictions of a patient, with everything that belongs to them in this store.</summary>
    /// <param name="tenant">Whose patient; that of another tenant has none.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <returns>How many there were, and the claims of idempotency keys that are left behind.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<RemovedPredictions> RemoveAsync(
        TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKeyOf(tenant, patientKey)}");
        var claims = new List<string>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: [ClaimProperty], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.GetString(ClaimProperty) is { } claim)
                claims.Add(claim);
        }

        // By the folder and not by the rows: an upload whose row was never written is found as well.
        var blobs = _container.GetBlobsAsync(prefix: FolderOf(tenant, patientKey), cancellationToken: cancellationToken);
        await foreach (var blob in blobs.ConfigureAwait(false))
            await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken).ConfigureAwait(false);

        return new RemovedPredictions(await _table.DeleteWhereAsync(filter, cancellationToken).ConfigureAwait(false), claims);
    }

    /// <summary>Removes the predictions of all tenants that were made before an instant. Reads the whole table.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> RemoveOlderAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"CreatedAt lt {before}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: [BlobProperty], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.GetString(BlobProperty) is { } blob)
                await _container.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return await _table.DeleteWhereAsync(filter, cancellationToken).ConfigureAwait(false);
    }

    private static string FolderOf(TenantName tenant, PatientKey patientKey) => $"{tenant}/{patientKey}/";
}

/// <summary>What was removed of a patient's predictions.</summary>
/// <param name="Count">How many predictions.</param>
/// <param name="Claims">The claims of the idempotency keys that some of them came with.</param>
public sealed record RemovedPredictions(long Count, IReadOnlyList<string> Claims);
