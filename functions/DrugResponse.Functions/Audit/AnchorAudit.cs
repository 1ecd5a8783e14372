using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// <c>AnchorAudit</c>: twice an hour, keeps how far every chain of today and yesterday goes where nobody need be able to change it.
/// </summary>
internal sealed class AnchorAudit(AuditStore store, AuditAnchorStore anchors, TimeProvider clock)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "AnchorAudit";

    public async Task<TriggerOutcome> HandleAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var day in new[] { today.AddDays(-1), today })
        {
            foreach (var (tenant, heads) in await ReadHeadsAsync(day, cancellationToken))
                await anchors.AddAsync(tenant, day, now, heads, cancellationToken);
        }

        return TriggerOutcome.Done;
    }

    private async Task<Dictionary<TenantName, List<AuditHead>>> ReadHeadsAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<TenantName, List<AuditHead>>();
        await foreach (var (tenant, head) in store.ReadHeadsAsync(day, tenant: null, cancellationToken))
        {
            if (!heads.TryGetValue(tenant, out var ofTenant))
                heads.Add(tenant, ofTenant = []);
            ofTenant.Add(head);
        }

        return heads;
    }
}
