using System.Runtime.CompilerServices;
using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// Keeps tombstones of erased patients. Those whose erasure is not complete stand in a partition of their own as well, so that whoever goes
/// on with it finds them across tenants. Thread-safe.
/// </summary>
/// <param name="tables">The table service.</param>
public sealed class ErasureStore(TableServiceClient tables)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "erasures";

    // No tenant's name begins with a tilde.
    private const string OpenPartition = "~open";
    private const string RequestedAtProperty = "RequestedAt";
    private const string RequestedByProperty = "RequestedBy";
    private const string CompletedAtProperty = "CompletedAt";
    private const string PredictionsProperty = "Predictions";
    private const string IdempotencyKeysProperty = "IdempotencyKeys";
    private const string BatchRowsProperty = "BatchRows";
    private const string AdditionProperty = "Addition";
    private const string PseudonymsProperty = "Pseudonyms";

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>Enters an erasure before any of it is done. One that is open already stays, with what it knows.</summary>
    /// <param name="erasure">The erasure.</param>
    /// <param name="pseudonyms">The pseudonyms of the patient.</param>
    /// <param name="cancellationToken">Cancels the call; it may be entered all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task OpenAsync(Erasure erasure, IReadOnlyList<string> pseudonyms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        var open = new TableEntity(OpenPartition, OpenKeyOf(erasure.Tenant, erasure.PatientKey))
        {
            [RequestedAtProperty] = erasure.RequestedAt,
            [PseudonymsProperty] = string.Join(',', pseudonyms),
        };
        await EnterAsync(open, cancellationToken).ConfigureAwait(false);
        await EnterAsync(Write(erasure), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a tombstone.</summary>
    /// <param name="tenant">Whose patient; that of another tenant is not found.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The tombstone, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<Erasure?> FindAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), patientKey.ToString(), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? Read(tenant, patientKey, row.Value!) : null;
    }

    /// <summary>Adds to what was erased. Whoever else adds at once is counted too, and what is complete stays so.</summary>
    /// <param name="erasure">The erasure as it is entered should it not be yet; its counts do not matter.</param>
    /// <param name="erased">How much was erased now.</param>
    /// <param name="completedAt">When the last of it was erased; <see langword="null"/> if that is not so or not known.</param>
    /// <param name="cancellationToken">Cancels the call; it may be added all the same.</param>
    /// <returns>The erasure as it now is.</returns>
    /// <exception cref="ContentionException">Others added all the time.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<Erasure> AddAsync(
        Erasure erasure, ErasedCounts erased, DateTimeOffset? completedAt = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentNullException.ThrowIfNull(erased);
        // Tells this addition when it was made and only the answer was lost.
        var addition = Guid.NewGuid();
        return OptimisticWrite.RepeatAsync(
            async () =>
            {
                var row = await _table
                    .GetEntityIfExistsAsync<TableEntity>(
                        erasure.Tenant.ToString(), erasure.PatientKey.ToString(), cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
                var current = row.HasValue
                    ? Read(erasure.Tenant, erasure.PatientKey, row.Value!)
                    : erasure with { CompletedAt = null, Counts = ErasedCounts.None };
                if (row.HasValue && row.Value!.GetGuid(AdditionProperty) == addition)
                    return current;

                var changed = current with { CompletedAt = completedAt ?? current.CompletedAt, Counts = current.Counts.Plus(erased) };
                var written = Write(changed);
                written[AdditionProperty] = addition;
                await (row.HasValue
                    ? _table.UpdateEntityAsync(written, row.Value!.ETag, TableUpdateMode.Replace, cancellationToken)
                    : _table.AddEntityAsync(written, cancellationToken)).ConfigureAwait(false);
                return changed;
            },
            cancellationToken);
    }

    /// <summary>Counts a tenant's erasures that are not complete.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> CountOpenAsync(TenantName tenant, CancellationToken cancellationToken = default) =>
        await ReadOpenAsync(cancellationToken).LongCountAsync(open => open.Tenant == tenant, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes an erasure off the list of those that are not complete, and with it the pseudonyms.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task CloseAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default) =>
        _table.DeleteEntityAsync(OpenPartition, OpenKeyOf(tenant, patientKey), cancellationToken: cancellationToken);

    /// <summary>Reads the erasures of all tenants that are not complete.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<OpenErasure> ReadOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {OpenPartition}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.RowKey.Split('~') is [var tenantText, var keyText]
                && TenantName.TryParse(tenantText, out var tenant)
                && PatientKey.TryParse(keyText, out var key))
                yield return new OpenErasure(
                    tenant,
                    key,
                    row.GetDateTimeOffset(RequestedAtProperty) ?? default,
                    (row.GetString(PseudonymsProperty) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    // Neither a tenant's name nor a patient key holds a tilde.
    private static string OpenKeyOf(TenantName tenant, PatientKey patientKey) => $"{tenant}~{patientKey}";

    private async Task EnterAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // It was demanded before, or only the answer was lost.
        }
    }

    private static TableEntity Write(Erasure erasure) => new(erasure.Tenant.ToString(), erasure.PatientKey.ToString())
    {
        [RequestedAtProperty] = erasure.RequestedAt,
        [RequestedByProperty] = erasure.RequestedBy,
        [CompletedAtProperty] = erasure.CompletedAt!,
        [PredictionsProperty] = erasure.Counts.Predictions,
        [IdempotencyKeysProperty] = erasure.Counts.IdempotencyKeys,
        [BatchRowsProperty] = erasure.Counts.BatchRows,
    };

    private static Erasure Read(TenantName tenant, PatientKey patientKey, TableEntity row) => new(
        tenant,
        patientKey,
        row.GetDateTimeOffset(RequestedAtProperty) ?? default,
        row.GetString(RequestedByProperty) ?? "",
        row.GetDateTimeOffset(CompletedAtProperty),
        new ErasedCounts(
            row.GetInt64(PredictionsProperty) ?? 0, row.GetInt64(IdempotencyKeysProperty) ?? 0, row.GetInt64(BatchRowsProperty) ?? 0));
}
