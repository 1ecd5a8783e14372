using Azure;

namespace DrugResponse.Storage.Audit;

/// <summary>
/// Verifies audit trails: every row's hash, every chain's order and completeness, what chains say of each other, and the anchors.
/// Thread-safe.
/// </summary>
/// <param name="store">The chains.</param>
/// <param name="anchors">The anchors.</param>
/// <param name="seal">Checks the hashes.</param>
/// <param name="clock">Tells how old chains are.</param>
public sealed class AuditVerifier(AuditStore store, AuditAnchorStore anchors, AuditSeal seal, TimeProvider clock)
{
    /// <summary>Anchors are made twice an hour, so an older chain must have met one.</summary>
    private static readonly TimeSpan AnchoredWithin = TimeSpan.FromHours(1);

    /// <summary>Verifies the days of a tenant.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, not before the first.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>Everything that is wrong, and how much was read.</returns>
    /// <exception cref="ArgumentException">The last day lies before the first.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<AuditReport> VerifyAsync(
        TenantName tenant, DateOnly from, DateOnly to, CancellationToken cancellationToken = default)
    {
        // Nothing verified must not look like nothing wrong.
        if (to < from)
            throw new ArgumentException("The last day lies before the first.", nameof(to));

        var report = new AuditReport(0, 0, 0, 0, []);

        // By number: behind the last day that a calendar has there is none.
        for (var day = from.DayNumber; day <= to.DayNumber; day++)
        {
            var found = await VerifyDayAsync(tenant, DateOnly.FromDayNumber(day), cancellationToken).ConfigureAwait(false);
            report = new AuditReport(
                report.Chains + found.Chains,
                report.OpenChains + found.OpenChains,
                report.Rows + found.Rows,
                report.Anchors + found.Anchors,
                [.. report.Faults, .. found.Faults]);
        }

        return report;
    }

    private async Task<AuditReport> VerifyDayAsync(TenantName tenant, DateOnly day, CancellationToken cancellationToken)
    {
        var faults = new List<AuditFault>();
        var (anchored, anchorCount, known) = await ReadAnchorsAsync(tenant, day, faults, cancellationToken).ConfigureAwait(false);
        var chains = new Dictionary<string, ChainInspection>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAsync(tenant, day, cancellationToken: cancellationToken).ConfigureAwait(false))
            Inspection(row.Partition).Add(row);

        var written = chains.Values.ToArray();

        // A chain of which anchors speak and no row is left is one all the same.
        foreach (var chain in anchored.Keys)
            Inspection(chain).End();
        foreach (var chain in written)
        {
            await CompareAsync(chain, faults, cancellationToken).ConfigureAwait(false);
            if (chain.OpenedAt < clock.GetUtcNow() - AnchoredWithin && !known.Contains(chain.Chain))
                faults.Add(new AuditFault(
                    AuditFaultKinds.NotAnchored, chain.Chain, null, null, "No anchor knows the chain, although it is older than an hour."));
        }

        return new AuditReport(
            written.Length,
            written.Count(static chain => !chain.IsClosed),
            written.Sum(static chain => chain.Rows),
            anchorCount,
            [.. faults.DistinctBy(static fault => (fault.Kind, fault.Chain, fault.Row, fault.LastRow))]);

        ChainInspection Inspection(string chain)
        {
            if (!chains.TryGetValue(chain, out var inspection))
                chains.Add(chain, inspection = new ChainInspection(chain, anchored.GetValueOrDefault(chain, []), seal, faults));
            return inspection;
        }
    }

    private async Task<(Dictionary<string, List<AnchoredHead>> Heads, int Count, HashSet<string> Known)> ReadAnchorsAsync(
        TenantName tenant, DateOnly day, List<AuditFault> faults, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<string, List<AnchoredHead>>(StringComparer.Ordinal);
        var count = 0;
        await foreach (var (name, anchor) in anchors.ReadAsync(tenant, day, cancellationToken).ConfigureAwait(false))
        {
            count++;
            if (anchor is null)
                faults.Add(new AuditFault(AuditFaultKinds.AnchorAltered, name, null, null, "The anchor does not have the hash that it must have."));
            foreach (var head in anchor?.Heads ?? [])
                Add(head, $"the anchor of {anchor!.At:u}");
        }

        var known = heads.Keys.ToHashSet(StringComparer.Ordinal);

        // A writer notes its head after the rows. Whoever removes rows can change that as well, but has to know.
        await foreach (var head in store.ReadHeadsAsync(day, tenant, cancellationToken).ConfigureAwait(false))
            Add(head, "the note of its writer");
        return (heads, count, known);

        void Add(AuditHead head, string source)
        {
            if (!heads.TryGetValue(head.Chain, out var ofChain))
                heads.Add(head.Chain, ofChain = []);
            ofChain.Add(new AnchoredHead(head, source));
        }
    }

    // What a chain followed when it was opened must still be there, on the day before as well.
    private async Task CompareAsync(ChainInspection chain, List<AuditFault> faults, CancellationToken cancellationToken)
    {
        foreach (var head in chain.Follows)
        {
            var hash = AuditChainId.TryParse(head.Chain, out var followed)
                ? await store.FindHashAsync(followed, head.Count - 1, cancellationToken).ConfigureAwait(false)
                : null;
            if (hash is null)
                Note(AuditFaultKinds.Removed, "is missing");
            else if (Convert.ToHexStringLower(hash) != head.Hash)
                Note(AuditFaultKinds.Altered, "is another one");

            void Note(string kind, string what) => faults.Add(new AuditFault(
                kind, head.Chain, head.Count - 1, null, $"The row {what} that was there when the chain {chain.Chain} was opened."));
        }
    }
}
