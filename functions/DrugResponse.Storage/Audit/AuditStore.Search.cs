using System.Runtime.CompilerServices;
using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Audit;

/// <content>Finds chains and their ends by the rows alone, and without reading all of them.</content>
public sealed partial class AuditStore
{
    /// <summary>Reads who has chains.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<TenantName> ReadTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var passed = "";
        while (await FindPartitionAsync(passed, "~", cancellationToken).ConfigureAwait(false) is { } next)
        {
            passed = next;
            if (!TenantName.TryParse(next.Split('~')[0], out var tenant))
                continue;
            yield return tenant;

            // Behind all chains of the tenant, and never back, whatever stands in the table.
            var end = tenant + "~~";
            if (string.CompareOrdinal(end, passed) > 0)
                passed = end;
        }
    }

    /// <summary>Reads which chains of a tenant have rows, in the order of their days.</summary>
    /// <param name="tenant">Whose chains.</param>
    /// <param name="from">The first day in UTC.</param>
    /// <param name="to">The last day in UTC.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<AuditChainId> ReadChainsAsync(
        TenantName tenant, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (passed, end) = (AuditChainId.DayPrefixOf(tenant, from), AuditChainId.DayPrefixOf(tenant, to) + "~");
        while (await FindPartitionAsync(passed, end, cancellationToken).ConfigureAwait(false) is { } next)
        {
            if (AuditChainId.TryParse(next, out var chain))
                yield return chain;
            passed = next;
        }
    }

    /// <summary>Reads the last row of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="from">Where to begin: rows before it are not looked at.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The row, whether or not its hash is right; null if there is none from there on.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<AuditRow?> FindLastAsync(AuditChainId chain, long from, CancellationToken cancellationToken = default)
    {
        AuditRow? last = null;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {chain.ToString()} and RowKey ge {RowKeyOf(from)}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
            last = Read(row).Row ?? last;
        return last;
    }

    /// <summary>Reads how many rows a chain has by the note of its writer.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number; 0 where there is no note.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> FindNotedCountAsync(AuditChainId chain, CancellationToken cancellationToken = default)
    {
        var note = await _table
            .GetEntityIfExistsAsync<TableEntity>(
                HeadsPartitionOf(chain.Day), $"{chain.Tenant}~{chain.Writer}", [CountProperty], cancellationToken)
            .ConfigureAwait(false);
        return note.HasValue && note.Value!.TryGetValue(CountProperty, out var count) && count is long known ? known : 0;
    }

    private async Task<string?> FindPartitionAsync(string passed, string end, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {passed} and PartitionKey lt {end}");
        await foreach (var row in _table
            .QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["PartitionKey"], cancellationToken)
            .ConfigureAwait(false))
            return row.PartitionKey;
        return null;
    }
}
