using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

/// <summary>
/// Keeps what came of each row of a batch: one row per input row, in its chunk's partition, keyed by its number in the batch. Doing a row
/// again replaces it, so a chunk that is delivered twice, half done before, or by two at once ends in the same rows. Thread-safe.
/// </summary>
/// <param name="tables">The table service.</param>
/// <param name="blobs">The blob service.</param>
/// <param name="seal">What content passes through.</param>
public sealed partial class BatchResultStore(TableServiceClient tables, BlobServiceClient blobs, BatchSeal seal)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "batchresults";

    private const string KindProperty = "Kind";
    private const string LineProperty = "Line";

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly BatchRowContent _contents = new(blobs, seal);

    /// <summary>Keeps rows of one chunk, in transactions of up to 100.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="chunk">Number of the chunk.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Cancels the call; rows may be kept all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; rows may be kept all the same.</exception>
    public async Task WriteAsync(
        TenantName tenant, BatchId batch, int chunk, IReadOnlyList<BatchResultRow> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var partition = PartitionKeyOf(tenant, batch, chunk);
        var actions = new List<TableTransactionAction>(rows.Count);
        foreach (var row in rows)
        {
            var entity = await ToEntityAsync(tenant, batch, partition, row, cancellationToken).ConfigureAwait(false);
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity));
        }

        await _table.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a row unless something came of it before, which then stays.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="chunk">Number of its chunk.</param>
    /// <param name="row">The row.</param>
    /// <param name="cancellationToken">Cancels the call; the row may be kept all the same.</param>
    /// <returns>The kind of row that is kept.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the row may be kept all the same.</exception>
    public async Task<BatchResultKind> AddAsync(
        TenantName tenant, BatchId batch, int chunk, BatchResultRow row, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        var entity = await ToEntityAsync(tenant, batch, PartitionKeyOf(tenant, batch, chunk), row, cancellationToken).ConfigureAwait(false);
        try
        {
            await _table.AddEntityAsync(entity, cancellationToken).ConfigureAwait(false);
            return row.Kind;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            var kept = await _table
                .GetEntityAsync<TableEntity>(entity.PartitionKey, entity.RowKey, [KindProperty], cancellationToken)
                .ConfigureAwait(false);
            return ReadKind(kept.Value);
        }
    }

    /// <summary>Reads rows of a part in the order of the input.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="part">The part.</param>
    /// <param name="kind">The kind of rows.</param>
    /// <param name="afterLine">Rows up to this line of the input are left out.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async IAsyncEnumerable<BatchResultRow> ReadAsync(
        TenantName tenant,
        BatchId batch,
        BatchPartResult part,
        BatchResultKind kind,
        long afterLine = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Pages that are small beside the service's limit let the first rows go out early and keep memory flat.
        const int PageSize = 200;
        ArgumentNullException.ThrowIfNull(part);
        var partition = PartitionKeyOf(tenant, batch, part.Part.Chunk);
        var (first, end) = (RowKeyOf(part.FirstRow), RowKeyOf(part.FirstRow + part.Part.Rows));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {end} and Kind eq {KindText(kind)} and Line gt {afterLine}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, PageSize, cancellationToken: cancellationToken).ConfigureAwait(false))
            yield return await ReadAsync(row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads one row.</summary>
    /// <param name="tenant">Whose batch; that of another tenant is not found.</param>
    /// <param name="id">The row.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The row, or <see langword="null"/> if nothing came of it yet or there is no such row.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async Task<BatchResultRow?> GetAsync(TenantName tenant, BatchRowId id, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(PartitionKeyOf(tenant, id.Batch, id.Chunk), RowKeyOf(id.Row), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? await ReadAsync(row.Value!, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Removes what came of a chunk's rows.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="chunk">Number of the chunk.</param>
    /// <param name="rows">Takes how many are gone, as soon as they are.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task DeleteAsync(
        TenantName tenant, BatchId batch, int chunk, RemovalCount rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var partition = PartitionKeyOf(tenant, batch, chunk);
        return _table.DeleteWhereAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), rows.AddPartition, cancellationToken);
    }

    private static string PartitionKeyOf(TenantName tenant, BatchId batch, int chunk) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}~{batch}~{chunk:D7}");

    private static string RowKeyOf(long row) => row.ToString("D10", CultureInfo.InvariantCulture);

    private static string KindText(BatchResultKind kind) => kind switch
    {
        BatchResultKind.Result => "result",
        BatchResultKind.Error => "error",
        _ => "erased",
    };

    private static BatchResultKind ReadKind(TableEntity row) => row.GetString(KindProperty) switch
    {
        "result" => BatchResultKind.Result,
        "error" => BatchResultKind.Error,
        "erased" => BatchResultKind.Erased,
        _ => throw new InvalidDataException($"A row of the table {TableName} is of no known kind."),
    };

    private async Task<TableEntity> ToEntityAsync(
        TenantName tenant, BatchId batch, string partition, BatchResultRow row, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(partition, RowKeyOf(row.Row))
        {
            [KindProperty] = KindText(row.Kind),
            [LineProperty] = row.Line,
        };
        foreach (var pseudonym in row.Pseudonyms)
            entity[PseudonymPropertyOf(pseudonym)] = pseudonym;
        var blob = $"{BatchBlobs.FolderOf(tenant, batch)}{RowKeyOf(row.Row)}";
        await _contents.StoreAsync(TableName, entity, blob, row.Content, cancellationToken).ConfigureAwait(false);
        return entity;
    }

    private async Task<BatchResultRow> ReadAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var read = new BatchResultRow(
            long.Parse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture),
            row.GetInt64(LineProperty) ?? throw new InvalidDataException($"A row of the table {TableName} lacks {LineProperty}."),
            ReadKind(row),
            default)
        {
            Pseudonyms = PseudonymsIn(row),
        };
        if (read.Kind is BatchResultKind.Erased)
            return read;
        try
        {
            return read with { Content = await _contents.LoadAsync(TableName, row, cancellationToken).ConfigureAwait(false) };
        }
        catch (InvalidDataException)
        {
            return read with { IsDamaged = true };
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // Its blob is gone.
            return read with { IsDamaged = true };
        }
    }
}
