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
    /// <returns>How many predictions there were.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> RemoveAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        // By the folder and not by the rows: an upload whose row was never written is found as well.
        var blobs = _container.GetBlobsAsync(prefix: FolderOf(tenant, patientKey), cancellationToken: cancellationToken);
        await foreach (var blob in blobs.ConfigureAwait(false))
            await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken).ConfigureAwait(false);

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKeyOf(tenant, patientKey)}");
        return await _table.DeleteWhereAsync(filter, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the predictions of all tenants that were made before an instant. Reads the whole table and all names of blobs.
    /// </summary>
    /// <param name="before">The instant.</param>
    /// <param name="removed">Takes whose they were and how many, as soon as they are gone.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task RemoveOlderAsync(DateTimeOffset before, RemovalCount removed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removed);
        // By the names and not by the rows: an upload whose row was never written is found as well.
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (TryReadTime(blob.Name, out var createdAt) && createdAt < before)
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        var filter = TableClient.CreateQueryFilter($"CreatedAt lt {before}");
        await _table.DeleteWhereAsync(filter, removed.AddPartition, cancellationToken).ConfigureAwait(false);
    }

    // A blob is named tenant/patient key/row key-hash.
    private static bool TryReadTime(string blob, out DateTimeOffset createdAt)
    {
        createdAt = default;
        if (blob.Split('/') is not [_, var patient, var name] || !PatientKey.TryParse(patient, out var patientKey))
            return false;
        if (!PredictionId.TryReadRowKey(patientKey, name.Split('-')[0], out var id))
            return false;
        createdAt = id.CreatedAt;
        return true;
    }

    private static string FolderOf(TenantName tenant, PatientKey patientKey) => $"{tenant}/{patientKey}/";
}
