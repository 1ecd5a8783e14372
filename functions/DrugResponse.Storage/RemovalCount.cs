namespace DrugResponse.Storage;

/// <summary>
/// Counts by tenant what a removal that knows no tenants took away. It is added to as the removal goes on, so that one which breaks off can
/// be accounted for as well. Not thread-safe.
/// </summary>
public sealed class RemovalCount
{
    private readonly Dictionary<TenantName, long> _counts = [];

    /// <summary>How much was removed of all tenants and of nobody.</summary>
    public long Total { get; private set; }

    /// <summary>How much was removed of each tenant of which anything was.</summary>
    public IReadOnlyDictionary<TenantName, long> ByTenant => _counts;

    /// <summary>Counts what was removed of a tenant.</summary>
    /// <param name="tenant">Whose it was.</param>
    /// <param name="count">How much, 0 or more.</param>
    public void Add(TenantName tenant, long count)
    {
        Total += count;
        if (count > 0)
            _counts[tenant] = _counts.GetValueOrDefault(tenant) + count;
    }

    /// <summary>Counts rows of a table's partition, whose key begins with the tenant.</summary>
    internal void AddPartition(string partition, int count) => AddNamed(partition.Split('~')[0], count);

    /// <summary>Counts a blob, whose name begins with the tenant.</summary>
    internal void AddBlob(string name) => AddNamed(name.Split('/')[0], 1);

    // What somebody else put there may have any name.
    private void AddNamed(string name, long count)
    {
        if (TenantName.TryParse(name, out var tenant))
            Add(tenant, count);
        else
            Total += count;
    }
}
