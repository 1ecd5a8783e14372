using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

public sealed partial class BatchResultStore
{
    /// <summary>Reads all rows about a patient, batch by batch. Goes through all rows of the tenant.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="pseudonyms">The patient's pseudonyms (<see cref="PatientRegister.FindPseudonymsAsync"/>).</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async IAsyncEnumerable<(BatchRowId Id, BatchResultRow Row)> ReadOfAsync(
        TenantName tenant, IReadOnlyList<string> pseudonyms, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (pseudonyms.Count == 0)
            yield break;
        await foreach (var row in _table.QueryAsync<TableEntity>(FilterOf(tenant, pseudonyms), cancellationToken: cancellationToken).ConfigureAwait(false))
            yield return (IdOf(row), await ReadAsync(row, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Erases all rows about a patient in batches that were submitted up to an instant; that there were such rows is kept. Goes through all
    /// rows of the tenant.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="pseudonyms">The patient's pseudonyms.</param>
    /// <param name="until">The instant.</param>
    /// <param name="note">
    /// Is told of each batch, before its first row is erased and after its last one, how many of its rows are erased then, for whichever
    /// patients. What is told twice is the same number: nothing is lost when the erasure breaks off and is begun again.
    /// </param>
    /// <param name="cancellationToken">Cancels the calls; what was erased by then stays erased.</param>
    /// <returns>How many rows were erased.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> EraseAsync(
        TenantName tenant,
        IReadOnlyList<string> pseudonyms,
        DateTimeOffset until,
        Func<BatchId, long, CancellationToken, Task> note,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pseudonyms);
        ArgumentNullException.ThrowIfNull(note);
        if (pseudonyms.Count == 0)
            return 0;

        // One patient's: a handful in each batch, and however many batches.
        var rows = new List<TableEntity>();
        string[] select = ["PartitionKey", "RowKey", LineProperty, BatchRowContent.BlobProperty];
        await foreach (var row in _table
            .QueryAsync<TableEntity>(FilterOf(tenant, pseudonyms), select: select, cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            if (IdOf(row).Batch.CreatedAt <= until)
                rows.Add(row);
        }

        foreach (var batch in rows.GroupBy(static row => IdOf(row).Batch))
        {
            var before = await CountErasedAsync(tenant, batch.Key, cancellationToken).ConfigureAwait(false);
            await note(batch.Key, before + batch.Count(), cancellationToken).ConfigureAwait(false);
            await EraseAsync(batch, cancellationToken).ConfigureAwait(false);
            // Somebody else may have been erased from it meanwhile.
            await note(batch.Key, await CountErasedAsync(tenant, batch.Key, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        }

        return rows.Count;
    }

    private async Task EraseAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            var tombstone = new TableEntity(row.PartitionKey, row.RowKey)
            {
                [KindProperty] = KindText(BatchResultKind.Erased),
                [LineProperty] = row.GetInt64(LineProperty)!,
            };
            await _contents.RemoveAsync(row, cancellationToken).ConfigureAwait(false);
            await _table.UpsertEntityAsync(tombstone, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long> CountErasedAsync(TenantName tenant, BatchId batch, CancellationToken cancellationToken)
    {
        var (from, to) = ($"{tenant}~{batch}~", $"{tenant}~{batch}~~");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey lt {to} and Kind eq {KindText(BatchResultKind.Erased)}");
        var rows = _table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken);
        return await rows.LongCountAsync(cancellationToken).ConfigureAwait(false);
    }

    // A property for each version of the key, so that the service finds rows by it. Stored rows must stay readable: never change the name.
    private static string PseudonymPropertyOf(string pseudonym) => PropertyOf(PatientRows.VersionOf(pseudonym));

    // All partitions of the tenant: what follows its name is a tilde, and no id of a batch has one.
    private static string FilterOf(TenantName tenant, IReadOnlyList<string> pseudonyms)
    {
        var partitions = TableClient.CreateQueryFilter($"PartitionKey ge {$"{tenant}~"} and PartitionKey lt {$"{tenant}~~"}");
        var any = string.Join(" or ", pseudonyms.Select(pseudonym => PseudonymPropertyOf(pseudonym) + TableClient.CreateQueryFilter($" eq {pseudonym}")));
        return $"{partitions} and ({any})";
    }

    private static BatchRowId IdOf(TableEntity row)
    {
        var parts = row.PartitionKey.Split('~');
        return new BatchRowId(
            BatchId.Parse(parts[1]),
            int.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture),
            long.Parse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
