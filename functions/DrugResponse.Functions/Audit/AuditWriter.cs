using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// Writes the chains of this process: one per tenant and day. Rows that could not be written are the first to be written next time. Not
/// thread-safe; <see cref="AuditTrail"/> is its only user.
/// </summary>
internal sealed class AuditWriter(AuditStore store, AuditHeads heads, AuditSeal seal, TimeProvider clock)
{
    /// <summary>How many other chains a new one names at most.</summary>
    private const int MostFollowed = 50;

    private readonly Dictionary<TenantName, OpenChain> _chains = [];

    /// <summary>Takes entries of a tenant, to be written with the next group.</summary>
    public void Add(TenantName tenant, IEnumerable<AuditEntry> entries)
    {
        if (!_chains.TryGetValue(tenant, out var open))
            _chains.Add(tenant, open = new OpenChain());
        open.Waiting.AddRange(entries);
    }

    /// <summary>Writes what waits. What fails stays, with the rest of its chain behind it.</summary>
    public Task WriteAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_chains.Where(static chain => chain.Value.IsDirty).Select(chain => WriteAsync(chain.Key, chain.Value, cancellationToken)));

    /// <summary>Writes what waits, and the last row of every chain.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        await Task.WhenAll(_chains.Values.Select(open => CloseAsync(open, cancellationToken)));
    }

    private async Task WriteAsync(TenantName tenant, OpenChain open, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        // A clock may be put back, over midnight too: the chain goes on, since there is no way back to that of the day before.
        if (open.Chain is { } yesterdays && yesterdays.Id.Day < today)
            await CloseAsync(open, cancellationToken);
        if (open.Chain is null)
        {
            var follows = await ReadHeadsAsync(tenant, today, cancellationToken);
            open.Chain = new AuditChain(new AuditChainId(tenant, today, AuditChainId.NewWriter()), seal);
            open.Unwritten.Add(open.Chain.Open(new AuditOpening(clock.GetUtcNow(), follows)));
        }

        open.Unwritten.AddRange(open.Waiting.Select(open.Chain.Add));
        open.Waiting.Clear();
        await FlushAsync(open, cancellationToken);
    }

    private async Task CloseAsync(OpenChain open, CancellationToken cancellationToken)
    {
        if (open.Chain is null)
            return;
        if (!open.IsClosing)
            open.Unwritten.Add(open.Chain.Close(new AuditClosing(clock.GetUtcNow())));
        open.IsClosing = true;
        await FlushAsync(open, cancellationToken);
        open.Chain = null;
        open.IsClosing = false;
    }

    private async Task FlushAsync(OpenChain open, CancellationToken cancellationToken)
    {
        if (open.Unwritten.Count > 0)
            await store.WriteAsync(open.Chain!, open.Unwritten, cancellationToken);
        open.Unwritten.Clear();
    }

    private async Task<IReadOnlyList<AuditHead>> ReadHeadsAsync(TenantName tenant, DateOnly today, CancellationToken cancellationToken)
    {
        var followed = new List<AuditHead>();
        foreach (var day in new[] { today, today.AddDays(-1) })
        {
            await foreach (var found in heads.ReadAsync(tenant, day, day, cancellationToken))
            {
                if (found.Head is { } head)
                    followed.Add(head);
                if (followed.Count == MostFollowed)
                    return followed;
            }
        }

        return followed;
    }

    private sealed class OpenChain
    {
        public AuditChain? Chain { get; set; }

        public bool IsClosing { get; set; }

        public List<AuditEntry> Waiting { get; } = [];

        public List<AuditRow> Unwritten { get; } = [];

        public bool IsDirty => Waiting.Count + Unwritten.Count > 0;
    }
}
