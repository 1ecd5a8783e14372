using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

/// <summary>
/// Keeps which chunks of a batch are done, and what came of them. A row is set, never counted up, so that doing a chunk twice changes
/// nothing; how far a batch is, is the sum. Thread-safe.
/// </summary>
/// <remarks>
/// A chunk that failed as a whole is halved, and its halves again: parts lie within or beside each other. When a delivery that was believed
/// dead finishes the whole chunk after its halves were done, both are here; a part that lies within another one then counts for nothing.
/// </remarks>
/// <param name="tables">The table service.</param>
/// <param name="blobs">The blob service.</param>
/// <param name="seal">What content passes through.</param>
public sealed class BatchChunkStore(TableServiceClient tables, BlobServiceClient blobs, BatchSeal seal)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "batchchunks";

    private const string FirstRowProperty = "FirstRow";
    private const string FailedProperty = "Failed";
    private const string LastLineProperty = "LastLine";
    private const string HasTallyProperty = "HasTally";
    private const string AttemptsProperty = "Attempts";
    private const string FinishedAtProperty = "FinishedAt";
    private const int KeyDigits = 7;
    private const int LargestKey = 9_999_999;

    private static readonly string[] WithoutTally =
        ["PartitionKey", "RowKey", FirstRowProperty, FailedProperty, LastLineProperty, AttemptsProperty, FinishedAtProperty];

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly BatchRowContent _tallies = new(blobs, seal);

    /// <summary>Notes that a part is done.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="result">What came of the part.</param>
    /// <param name="cancellationToken">Cancels the call; the part may be noted all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the part may be noted all the same.</exception>
    public async Task SetAsync(TenantName tenant, BatchId batch, BatchPartResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        var row = new TableEntity(PartitionKeyOf(tenant, batch), RowKeyOf(result.Part))
        {
            [FirstRowProperty] = result.FirstRow,
            [FailedProperty] = result.Failed,
            [LastLineProperty] = result.LastLine,
            [AttemptsProperty] = result.Attempts,
            [FinishedAtProperty] = result.FinishedAt,
            [HasTallyProperty] = !result.Tally.IsEmpty,
        };
        if (!result.Tally.IsEmpty)
        {
            var blob = $"{BatchBlobs.FolderOf(tenant, batch)}tally-{row.RowKey}";
            await _tallies.StoreAsync(TableName, row, blob, result.Tally, cancellationToken).ConfigureAwait(false);
        }

        await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a part is done.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<bool> IsDoneAsync(TenantName tenant, BatchId batch, BatchPart part, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(PartitionKeyOf(tenant, batch), RowKeyOf(part), ["RowKey"], cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue;
    }

    /// <summary>Reads the parts that are done, in the order of the input, none of them within another one.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="withTally">Whether to read the tallies too.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<BatchPartResult> ListAsync(
        TenantName tenant, BatchId batch, bool withTally = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var partition = PartitionKeyOf(tenant, batch);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        var last = default(BatchPart);
        await foreach (var row in _table
            .QueryAsync<TableEntity>(filter, select: withTally ? null : WithoutTally, cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            // Keys order by chunk and beginning, longer parts first: what lies within another part comes after it.
            var result = Read(row);
            if (result.Part.Chunk == last.Chunk && result.Part.To <= last.To)
                continue;

            last = result.Part;
            yield return withTally && row.GetBoolean(HasTallyProperty) is true
                ? result with { Tally = await _tallies.LoadAsync(TableName, row, cancellationToken).ConfigureAwait(false) }
                : result;
        }
    }

    /// <summary>Sums up the parts that are done.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<BatchProgress> SumAsync(TenantName tenant, BatchId batch, CancellationToken cancellationToken = default)
    {
        var (done, failed) = (0L, 0L);
        DateTimeOffset? last = null;
        await foreach (var result in ListAsync(tenant, batch, withTally: false, cancellationToken).ConfigureAwait(false))
        {
            done += result.Part.Rows;
            failed += result.Failed;
            last = last > result.FinishedAt ? last : result.FinishedAt;
        }

        return new BatchProgress(new BatchCounts(done, failed), last);
    }

    /// <summary>Removes what is kept of a batch's chunks.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<long> DeleteAsync(TenantName tenant, BatchId batch, CancellationToken cancellationToken = default)
    {
        var partition = PartitionKeyOf(tenant, batch);
        return _table.DeleteWhereAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken);
    }

    private static string PartitionKeyOf(TenantName tenant, BatchId batch) => $"{tenant}~{batch}";

    // Their order is the point: fixed width, by chunk, then beginning, then end from high to low.
    private static string RowKeyOf(BatchPart part) =>
        string.Create(CultureInfo.InvariantCulture, $"{part.Chunk:D7}-{part.From:D7}-{LargestKey - part.To:D7}");

    private static BatchPartResult Read(TableEntity row)
    {
        var key = row.RowKey;
        return new BatchPartResult
        {
            Part = new BatchPart(Number(key, 0), Number(key, 1), LargestKey - Number(key, 2)),
            FirstRow = Require(row.GetInt64(FirstRowProperty), FirstRowProperty)!.Value,
            Failed = Require(row.GetInt32(FailedProperty), FailedProperty)!.Value,
            LastLine = Require(row.GetInt64(LastLineProperty), LastLineProperty)!.Value,
            Attempts = Require(row.GetInt64(AttemptsProperty), AttemptsProperty)!.Value,
            FinishedAt = Require(row.GetDateTimeOffset(FinishedAtProperty), FinishedAtProperty)!.Value,
        };
    }

    private static int Number(string key, int index) =>
        int.Parse(key.AsSpan(index * (KeyDigits + 1), KeyDigits), NumberStyles.None, CultureInfo.InvariantCulture);

    private static T Require<T>(T? value, string property) =>
        value ?? throw new InvalidDataException($"A row of the table {TableName} lacks {property}.");
}
