using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

/// <summary>Keeps batches: what was asked for, and how far it is. Thread-safe.</summary>
/// <remarks>
/// Batches that are not settled stand in a partition of their own as well, so that they can be found across tenants without reading all
/// batches there ever were. A batch is entered there before anything else, and leaves it last.
/// </remarks>
/// <param name="tables">The table service.</param>
/// <param name="seal">What content passes through.</param>
public sealed class BatchStore(TableServiceClient tables, BatchSeal seal)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "batches";

    /// <summary>Most batches in a page.</summary>
    public const int MaxPageSize = 100;

    // No tenant's name begins with a tilde.
    private const string UnsettledPartition = "~unsettled";
    private const string AnnouncedAtProperty = "AnnouncedAt";
    private const int MostConflicts = 50;

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly BatchRowFormat _format = new(seal);

    /// <summary>Keeps a new batch. If there is one of this id already, that one stays and is given back.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Cancels the call; the batch may be kept all the same.</param>
    /// <returns>What is kept: the batch, or the earlier one.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<BatchRecord> AddAsync(BatchRecord batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await _table
            .UpsertEntityAsync(
                new TableEntity(UnsettledPartition, UnsettledKeyOf(batch.Tenant, batch.Id)) { [AnnouncedAtProperty] = batch.ControlDueAt },
                cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var response = await _table.AddEntityAsync(_format.Write(batch), cancellationToken).ConfigureAwait(false);
            return batch with { ETag = response.Headers.ETag ?? default };
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return await GetAsync(batch.Tenant, batch.Id, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"A row of the table {TableName} exists and cannot be read.", failure);
        }
    }

    /// <summary>Reads a batch.</summary>
    /// <param name="tenant">Whose batch; that of another tenant is not found.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batch, or <see langword="null"/> if the tenant has none of this id.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<BatchRecord?> GetAsync(TenantName tenant, BatchId id, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), id.ToString(), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? _format.Read(row.Value!) : null;
    }

    /// <summary>Reads a tenant's batches, newest first.</summary>
    /// <param name="tenant">Whose batches.</param>
    /// <param name="pageSize">How many at most, 1 to <see cref="MaxPageSize"/>.</param>
    /// <param name="after">The last batch of the page before.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batches, and whether there are more.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<(IReadOnlyList<BatchRecord> Batches, bool HasMore)> ListAsync(
        TenantName tenant, int pageSize, BatchId? after = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
        var partition = tenant.ToString();
        var filter = after is { } last
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {last.ToString()}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        var batches = new List<BatchRecord>(pageSize);
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, pageSize + 1, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (batches.Count == pageSize)
                return (batches, true);

            batches.Add(_format.Read(row));
        }

        return (batches, false);
    }

    /// <summary>Reads every batch of every tenant.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<BatchRecord> ListAllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ne {UnsettledPartition}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
            yield return _format.Read(row);
    }

    /// <summary>Names the batches that are not settled, of every tenant. Some of them may not exist (yet).</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<UnsettledBatch> ListUnsettledAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {UnsettledPartition}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var separator = row.RowKey.IndexOf('~', StringComparison.Ordinal);
            var id = BatchId.Parse(row.RowKey[(separator + 1)..]);
            yield return new UnsettledBatch(TenantName.Parse(row.RowKey[..separator]), id)
            {
                AnnouncedAt = row.GetDateTimeOffset(AnnouncedAtProperty) ?? id.CreatedAt,
            };
        }
    }

    /// <summary>
    /// Changes a batch, unless somebody else changes it meanwhile: then it is read again and <paramref name="change"/> asked again.
    /// </summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="id">Its id.</param>
    /// <param name="change">
    /// Gives the batch as it shall be, or the very batch it got if nothing is to change. It must recognise its own change: when the answer to a
    /// write was lost, it is asked again about what it wrote.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the change may be made all the same.</param>
    /// <returns>The batch as it now is, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the change may be made all the same.</exception>
    public async Task<BatchRecord?> ChangeAsync(
        TenantName tenant, BatchId id, Func<BatchRecord, BatchRecord> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var conflicts = 0; ; conflicts++)
        {
            if (await GetAsync(tenant, id, cancellationToken).ConfigureAwait(false) is not { } current)
                return null;

            var changed = change(current);
            if (ReferenceEquals(changed, current))
                return current;

            try
            {
                var response = await _table
                    .UpdateEntityAsync(_format.Write(changed), current.ETag, TableUpdateMode.Replace, cancellationToken)
                    .ConfigureAwait(false);
                return changed with { ETag = response.Headers.ETag ?? default };
            }
            catch (RequestFailedException failure) when (failure.Status == 412 && conflicts < MostConflicts)
            {
                // Somebody else was first, or it was this very call, whose answer was lost.
            }
            catch (RequestFailedException failure) when (failure.Status == 404)
            {
                return null;
            }
        }
    }

    /// <summary>Takes a batch off the list of those that are not settled.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task SettleAsync(TenantName tenant, BatchId id, CancellationToken cancellationToken = default) =>
        _table.DeleteEntityAsync(UnsettledPartition, UnsettledKeyOf(tenant, id), cancellationToken: cancellationToken);

    /// <summary>Removes a batch's row. Everything else of the batch must be gone before.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task DeleteAsync(TenantName tenant, BatchId id, CancellationToken cancellationToken = default)
    {
        await _table.DeleteEntityAsync(tenant.ToString(), id.ToString(), cancellationToken: cancellationToken).ConfigureAwait(false);
        await SettleAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    private static string UnsettledKeyOf(TenantName tenant, BatchId id) => $"{tenant}~{id}";
}

/// <summary>A batch that is not settled, and may not exist (yet).</summary>
/// <param name="Tenant">Whose batch.</param>
/// <param name="Id">Its id, which may be older than the announcement: a submission that is sent again takes the id of the first.</param>
public readonly record struct UnsettledBatch(TenantName Tenant, BatchId Id)
{
    /// <summary>When it was announced last.</summary>
    public DateTimeOffset AnnouncedAt { get; init; }
}
