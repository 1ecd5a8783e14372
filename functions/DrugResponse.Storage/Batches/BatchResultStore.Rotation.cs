using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

public sealed partial class BatchResultStore
{
    private const string PseudonymPropertyPrefix = "PseudonymV";

    /// <summary>
    /// Counts the rows that have a patient's pseudonym under one version of the key and none under another. Goes through all rows of the
    /// tenant.
    /// </summary>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="version">The version that they have.</param>
    /// <param name="without">The version that they lack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> CountPseudonymsAsync(
        TenantName tenant, int version, int without, CancellationToken cancellationToken = default) =>
        await ReadPseudonymsAsync(tenant, version, without, cancellationToken)
            .LongCountAsync(row => !row.ContainsKey(PropertyOf(without)), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>
    /// Gives rows that have a patient's pseudonym under one version of the key the one under another beside it, where that is known. What is
    /// done twice, or broken off and begun again, ends the same. Goes through all rows of the tenant.
    /// </summary>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="version">The version that they have.</param>
    /// <param name="to">The version that they are to have too.</param>
    /// <param name="known">Pseudonyms under <paramref name="to"/> by those under <paramref name="version"/>.</param>
    /// <param name="cancellationToken">Cancels the calls; rows that were changed by then stay so.</param>
    /// <returns>How many rows were changed.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> MovePseudonymsAsync(
        TenantName tenant, int version, int to, IReadOnlyDictionary<string, string> known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        long moved = 0;
        await foreach (var row in ReadPseudonymsAsync(tenant, version, to, cancellationToken).ConfigureAwait(false))
        {
            if (row.ContainsKey(PropertyOf(to)) || !known.TryGetValue(row.GetString(PropertyOf(version))!, out var pseudonym))
                continue;
            var added = new TableEntity(row.PartitionKey, row.RowKey) { [PropertyOf(to)] = pseudonym };
            if (await ChangeAsync(added, row.ETag, TableUpdateMode.Merge, cancellationToken).ConfigureAwait(false))
                moved++;
        }

        return moved;
    }

    /// <summary>Takes the pseudonyms under one version of the key out of a tenant's rows. Goes through all rows of the tenant.</summary>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the calls; rows that were changed by then stay so.</param>
    /// <returns>How many rows were changed.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> RemovePseudonymsAsync(TenantName tenant, int version, CancellationToken cancellationToken = default)
    {
        long changed = 0;
        await foreach (var named in ReadPseudonymsAsync(tenant, version, version, cancellationToken).ConfigureAwait(false))
        {
            // A property goes only with the row written anew.
            for (var isDone = false; !isDone;)
            {
                var whole = await _table
                    .GetEntityIfExistsAsync<TableEntity>(named.PartitionKey, named.RowKey, cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
                isDone = !whole.HasValue || !whole.Value!.Remove(PropertyOf(version));
                if (!isDone && await ChangeAsync(whole.Value!, whole.Value!.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false))
                {
                    changed++;
                    isDone = true;
                }
            }
        }

        return changed;
    }

    private static string PropertyOf(int version) => string.Create(CultureInfo.InvariantCulture, $"{PseudonymPropertyPrefix}{version}");

    private static List<string> PseudonymsIn(TableEntity row) =>
        [.. row.Keys.Where(static key => key.StartsWith(PseudonymPropertyPrefix, StringComparison.Ordinal)).Select(key => row.GetString(key)!)];

    private async IAsyncEnumerable<TableEntity> ReadPseudonymsAsync(
        TenantName tenant, int version, int other, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = PatientRows.PseudonymKey(version, "");
        var (first, end) = ($"{tenant}~", $"{tenant}~~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}")
            + $" and {PropertyOf(version)} ge '{prefix}'";
        string[] select = ["PartitionKey", "RowKey", PropertyOf(version), PropertyOf(other)];
        await foreach (var row in _table
            .QueryAsync<TableEntity>(filter, select: select.Distinct(), cancellationToken: cancellationToken)
            .ConfigureAwait(false))
            yield return row;
    }

    private async Task<bool> ChangeAsync(TableEntity row, ETag read, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(row, read, mode, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            // Scored anew, erased or removed meanwhile, or it is our own change and only the answer was lost: looking again tells.
            return false;
        }
    }
}
