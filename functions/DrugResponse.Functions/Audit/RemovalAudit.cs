using DrugResponse.Contracts.Audit;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// Accounts for what one run of a timer removes for its age: one entry for each tenant of which anything was removed, with the counts by
/// kind. Not thread-safe.
/// </summary>
internal sealed class RemovalAudit(AuditTrail trail, TimeProvider clock, string action)
{
    private readonly SortedDictionary<string, RemovalCount> _kinds = new(StringComparer.Ordinal);

    /// <summary>What is removed of a kind of things.</summary>
    /// <param name="kind">The kind, as it is to stand in the entry.</param>
    public RemovalCount Of(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var count))
            _kinds.Add(kind, count = new RemovalCount());
        return count;
    }

    /// <summary>Removes, and writes down what was removed, also when the removal breaks off.</summary>
    /// <param name="remove">Removes, counting what it removes.</param>
    /// <param name="cancellationToken">Ends the waiting for the entries; they are written all the same.</param>
    public async Task AccountAsync(Func<Task<string>> remove, CancellationToken cancellationToken)
    {
        string outcome;
        try
        {
            outcome = await remove();
        }
        catch
        {
            // Storage may be what broke it off: nobody waits for it here.
            foreach (var (tenant, entry) in Describe(AuditOutcomes.Unfinished))
                trail.Record(tenant, entry);
            throw;
        }

        foreach (var (tenant, entry) in Describe(outcome))
            trail.Record(tenant, entry);
        await trail.FlushAsync(cancellationToken);
    }

    private IEnumerable<(TenantName Tenant, AuditEntry Entry)> Describe(string outcome) =>
        from tenant in _kinds.Values.SelectMany(static count => count.ByTenant.Keys).Distinct()
        select (tenant, new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = "system",
            Action = action,
            Outcome = outcome,
            Counts = _kinds
                .Where(kind => kind.Value.ByTenant.ContainsKey(tenant))
                .ToDictionary(static kind => kind.Key, kind => kind.Value.ByTenant[tenant]),
        });
}
