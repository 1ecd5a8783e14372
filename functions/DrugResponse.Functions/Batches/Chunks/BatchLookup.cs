using System.Collections.Concurrent;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>
/// Reads batches for those who ask again and again whether they may go on: what was read within the last second is given again. So a
/// cancelled batch stops within seconds, and its row is read once a second and not once a chunk. Thread-safe.
/// </summary>
internal sealed class BatchLookup(BatchStore batches, TimeProvider clock)
{
    private const int MostKept = 256;

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(TenantName Tenant, BatchId Id), (BatchRecord? Batch, long ReadAt)> _known = new();

    /// <summary>Reads a batch, or gives one that was read a moment ago.</summary>
    public async ValueTask<BatchRecord?> FindAsync(TenantName tenant, BatchId id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, id), out var known) && clock.GetElapsedTime(known.ReadAt) < Freshness)
            return known.Batch;
        return await ReadAsync(tenant, id, cancellationToken);
    }

    /// <summary>Reads a batch as it is at this moment.</summary>
    public async ValueTask<BatchRecord?> ReadAsync(TenantName tenant, BatchId id, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var batch = await batches.GetAsync(tenant, id, cancellationToken);
        if (_known.Count >= MostKept)
            _known.Clear();
        _known[(tenant, id)] = (batch, readAt);
        return batch;
    }
}
