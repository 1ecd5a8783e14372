using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// <c>AnchorAudit</c>: twice an hour and at the start, keeps how far every chain goes where nobody need be able to change it: the chains of
/// today and yesterday, and those of all days since the last anchor, when no process ran.
/// </summary>
internal sealed partial class AnchorAudit(
    AuditStore store, AuditHeads heads, AuditAnchorStore anchors, StorageSetup setup, TimeProvider clock, ILogger<AnchorAudit> logger)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "AnchorAudit";

    public async Task<TriggerOutcome> HandleAsync(CancellationToken cancellationToken)
    {
        await setup.Done.WaitAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await foreach (var tenant in store.ReadTenantsAsync(cancellationToken))
            await AnchorAsync(tenant, now, cancellationToken);
        return TriggerOutcome.Done;
    }

    private async Task AnchorAsync(TenantName tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var from = await FirstDayAsync(tenant, today, cancellationToken);
        var found = new List<FoundHead>();
        await foreach (var head in heads.ReadAsync(tenant, from, today, cancellationToken))
        {
            found.Add(head);
            if (head.Fault is { } fault)
                LogFault(head.Chain, fault);
        }

        foreach (var day in found.Where(static one => one.Head is not null).GroupBy(static one => one.Chain.Day))
            await anchors.AddAsync(tenant, day.Key, now, [.. day.Select(static one => one.Head!)], cancellationToken);
    }

    // The day before the last anchor's as well: its chains may have been closed after that anchor.
    private async Task<DateOnly> FirstDayAsync(TenantName tenant, DateOnly today, CancellationToken cancellationToken)
    {
        var yesterday = today.AddDays(-1);
        if (await anchors.FindLastDayAsync(tenant, cancellationToken) is not { } last)
            return DateOnly.MinValue;
        return last < today ? last.AddDays(-1) : yesterday;
    }

    [LoggerMessage(LogLevel.Critical, "The audit chain {Chain} is not as the service wrote it: {Fault}. Verify the audit trail.")]
    private partial void LogFault(AuditChainId chain, string fault);
}
