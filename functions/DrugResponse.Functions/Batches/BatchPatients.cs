using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Batches;

/// <summary>Finds and erases what batches hold of a patient. Thread-safe.</summary>
internal sealed class BatchPatients(BatchStores stores, BatchRemoval removal, TimeProvider clock)
{
    /// <summary>No delivery of a chunk goes on for longer (functionTimeout of host.json), so a batch that ended so long ago stands
    /// still.</summary>
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromMinutes(5);

    /// <summary>What came of the rows about a patient.</summary>
    public IAsyncEnumerable<(BatchRowId Id, BatchResultRow Row)> ReadAsync(
        TenantName tenant, IReadOnlyList<string> pseudonyms, CancellationToken cancellationToken) =>
        stores.Results.ReadOfAsync(tenant, pseudonyms, cancellationToken);

    /// <summary>
    /// Erases the rows about a patient in the batches that were submitted before the demand, and the inputs of those that have ended, which
    /// serve nothing any more.
    /// </summary>
    /// <param name="erasure">The erasure.</param>
    /// <param name="cancellationToken">Ends the work; the next time goes on.</param>
    /// <returns>How many rows were erased, and whether none can come back: a batch that has not ended may yet score the
    /// patient's.</returns>
    public async Task<(long Rows, bool AreAll)> EraseAsync(OpenErasure erasure, CancellationToken cancellationToken)
    {
        if (erasure.Pseudonyms.Count == 0)
            return (0, true);

        var areAll = true;
        BatchId? last = null;
        for (var hasMore = true; hasMore;)
        {
            (var page, hasMore) = await stores.Batches.ListAsync(erasure.Tenant, BatchStore.MaxPageSize, last, cancellationToken);
            foreach (var batch in page.Where(batch => batch.CreatedAt <= erasure.RequestedAt))
                areAll &= await SettleAsync(batch, cancellationToken);
            last = page.Count > 0 ? page[^1].Id : last;
        }

        var rows = await stores.Results.EraseAsync(
            erasure.Tenant,
            erasure.Pseudonyms,
            erasure.RequestedAt,
            (batch, erased, token) => NoteErasedAsync(erasure.Tenant, batch, erased, token),
            cancellationToken);
        return (rows, areAll);
    }

    // Never fewer: what another erasure noted meanwhile may be ahead of what this one has counted.
    private Task NoteErasedAsync(TenantName tenant, BatchId batch, long erased, CancellationToken cancellationToken) =>
        stores.Batches.ChangeAsync(
            tenant, batch, current => current.ErasedRows >= erased ? current : current with { ErasedRows = erased }, cancellationToken);

    private async Task<bool> SettleAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (!batch.IsFinal || clock.GetUtcNow() - batch.FinishedAt < LongestDelivery)
            return false;
        if (!batch.IsInputRemoved)
            await removal.RemoveInputAsync(batch, cancellationToken);
        return true;
    }
}
