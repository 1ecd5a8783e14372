using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Audit;

/// <summary>Keeps audit chains. Rows are written once and never changed or removed by the application. Thread-safe.</summary>
/// <remarks>
/// Beside the chains stands, for each day, a partition with the head of every chain as its writer wrote it last. It serves to find the
/// end of a chain without reading all of it, and is believed no further: what it says is held against the rows.
/// </remarks>
/// <param name="tables">The table service.</param>
public sealed partial class AuditStore(TableServiceClient tables)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "audit";

    // No tenant's name begins with a tilde.
    private const string HeadsPrefix = "~heads~";
    private const string KindProperty = "Kind";
    private const string ContentProperty = "Content";
    private const string PatientKeyProperty = "PatientKey";
    private const string PreviousProperty = "Previous";
    private const string HashProperty = "Hash";
    private const string KeyVersionProperty = "KeyVersion";
    private const string CountProperty = "Count";

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>
    /// Writes rows of one chain, up to 100 in a transaction, and its head. It may be called again with the same rows when it is not known
    /// whether they were written: a chain has one writer, so they can only meet themselves.
    /// </summary>
    /// <param name="chain">The chain; its head is that of the last row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Cancels the calls; rows may be written all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; rows may be written all the same.</exception>
    public async Task WriteAsync(AuditChain chain, IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(rows);
        var actions = rows.Select(static row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Write(row)));
        await _table.SubmitTransactionAsync([.. actions], cancellationToken).ConfigureAwait(false);

        var (id, head) = (chain.Id, chain.Head);
        var row = new TableEntity(HeadsPartitionOf(id.Day), $"{id.Tenant}~{id.Writer}") { [CountProperty] = head.Count, [HashProperty] = head.Hash };
        await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the heads of a day's chains as their writers noted them; see <see cref="AuditHeads"/> for what they are.</summary>
    /// <param name="day">The day in UTC.</param>
    /// <param name="tenant">Whose chains.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<AuditHead> ReadHeadsAsync(
        DateOnly day, TenantName tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var partition = HeadsPartitionOf(day);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {tenant + "~"} and RowKey lt {tenant + "~~"}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.RowKey.Split('~') is [_, var writer]
                && AuditChainId.IsWriter(writer)
                && row.GetInt64(CountProperty) is { } count
                && row.GetString(HashProperty) is { } hash)
                yield return new AuditHead(new AuditChainId(tenant, day, writer).ToString(), count, hash);
        }
    }

    /// <summary>Reads the rows of a tenant's day, chain by chain, each in its order.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="day">The day in UTC.</param>
    /// <param name="after">Begins behind this row; at the beginning if absent.</param>
    /// <param name="patientKey">Leaves out rows that are not about this patient.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<StoredAuditRow> ReadAsync(
        TenantName tenant,
        DateOnly day,
        AuditPosition? after = null,
        string? patientKey = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prefix = AuditChainId.DayPrefixOf(tenant, day);
        var filters = after is { } position
            ? new[]
            {
                TableClient.CreateQueryFilter($"PartitionKey eq {prefix + position.Writer} and RowKey gt {RowKeyOf(position.Sequence)}"),
                TableClient.CreateQueryFilter($"PartitionKey gt {prefix + position.Writer} and PartitionKey lt {prefix + "~"}"),
            }
            : [TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix + "~"}")];
        foreach (var filter in filters)
        {
            var whole = patientKey is null ? filter : filter + TableClient.CreateQueryFilter($" and PatientKey eq {patientKey}");
            await foreach (var row in _table.QueryAsync<TableEntity>(whole, cancellationToken: cancellationToken).ConfigureAwait(false))
                yield return Read(row);
        }
    }

    /// <summary>Reads all rows about a patient, whatever their day. Reads the tenant's whole audit trail.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<AuditRow> ReadPatientAsync(
        TenantName tenant, string patientKey, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {tenant + "~"} and PartitionKey lt {tenant + "~~"} and PatientKey eq {patientKey}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (Read(row).Row is { Kind: AuditRowKind.Entry } entry)
                yield return entry;
        }
    }

    /// <summary>Reads the hash of one row.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="sequence">The row's number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The hash, or <see langword="null"/> if there is no such row.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<byte[]?> FindHashAsync(AuditChainId chain, long sequence, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(chain.ToString(), RowKeyOf(sequence), [HashProperty], cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? Bytes(row.Value!, HashProperty) : null;
    }

    // Rows of a chain are read in this order.
    private static string RowKeyOf(long sequence) => sequence.ToString("D12", CultureInfo.InvariantCulture);

    private static string HeadsPartitionOf(DateOnly day) => HeadsPrefix + AuditChainId.DayText(day);

    private static TableEntity Write(AuditRow row) => new(row.Chain.ToString(), RowKeyOf(row.Sequence))
    {
        [KindProperty] = (int)row.Kind,
        [ContentProperty] = row.Content,
        [PatientKeyProperty] = row.PatientKey,
        [PreviousProperty] = row.Previous,
        [HashProperty] = row.Hash,
        [KeyVersionProperty] = row.KeyVersion,
    };

    // Somebody may have written here who was not meant to: whatever stands in the table is read, and what is no row of a chain is said to
    // be none.
    private static StoredAuditRow Read(TableEntity row)
    {
        var isNamed = AuditChainId.TryParse(row.PartitionKey, out var chain)
            & (long.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && RowKeyOf(sequence) == row.RowKey);
        return new StoredAuditRow(
            row.PartitionKey,
            row.RowKey,
            isNamed
                ? new AuditRow(
                    chain,
                    sequence,
                    row.TryGetValue(KindProperty, out var kind) && kind is int number ? (AuditRowKind)number : (AuditRowKind)(-1),
                    row.TryGetValue(PatientKeyProperty, out var key) && key is string patientKey ? patientKey : "",
                    Bytes(row, ContentProperty),
                    Bytes(row, PreviousProperty),
                    Bytes(row, HashProperty),
                    row.TryGetValue(KeyVersionProperty, out var version) && version is int known ? known : 0)
                : null);
    }

    private static byte[] Bytes(TableEntity row, string property) => row.TryGetValue(property, out var value) && value is byte[] bytes ? bytes : [];
}

/// <summary>What stands in the table.</summary>
/// <param name="Partition">Its partition key.</param>
/// <param name="RowKey">Its row key.</param>
/// <param name="Row">The row of a chain that it is, whether or not its hash is right; null when its keys are not those of one.</param>
public sealed record StoredAuditRow(string Partition, string RowKey, AuditRow? Row);

/// <summary>A place in a tenant's day.</summary>
/// <param name="Writer">The writer of the chain.</param>
/// <param name="Sequence">The number of the row.</param>
public readonly record struct AuditPosition(string Writer, long Sequence);
