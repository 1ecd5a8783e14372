using System.Runtime.CompilerServices;
using Azure;

namespace DrugResponse.Storage.Audit;

/// <summary>
/// Finds how far chains go by their rows. What writers noted of it only tells where to look: whoever can write to the table could lower a
/// note or make one up, and would have it confirmed by anchors and by other chains. Thread-safe.
/// </summary>
/// <param name="store">The chains.</param>
/// <param name="seal">Checks the hashes.</param>
public sealed class AuditHeads(AuditStore store, AuditSeal seal)
{
    /// <summary>Finds the heads of a tenant's chains.</summary>
    /// <param name="tenant">Whose chains.</param>
    /// <param name="from">The first day in UTC.</param>
    /// <param name="to">The last day in UTC.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The chains in the order of their days.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<FoundHead> ReadAsync(
        TenantName tenant, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var chain in store.ReadChainsAsync(tenant, from, to, cancellationToken).ConfigureAwait(false))
            yield return await FindAsync(chain, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FoundHead> FindAsync(AuditChainId chain, CancellationToken cancellationToken)
    {
        // The note first, since a writer writes it last: rows come on meanwhile, but none goes.
        var noted = await store.FindNotedCountAsync(chain, cancellationToken).ConfigureAwait(false);
        var last = await store.FindLastAsync(chain, Math.Max(noted - 1, 0), cancellationToken).ConfigureAwait(false);
        var isCut = noted > 0 && last is null;
        if (isCut)
            last = await store.FindLastAsync(chain, 0, cancellationToken).ConfigureAwait(false);

        if (last is null || !seal.IsWhole(last))
            return new FoundHead(chain, Head: null, "its last row does not have the hash that it must have");
        return new FoundHead(
            chain,
            new AuditHead(chain.ToString(), last.Sequence + 1, Convert.ToHexStringLower(last.Hash)),
            isCut ? "its writer noted more rows than there are" : null);
    }
}

/// <summary>How far a chain goes.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Head">Its head; null when its last row is none that the service wrote.</param>
/// <param name="Fault">What is wrong with it, in words; null when nothing is.</param>
public sealed record FoundHead(AuditChainId Chain, AuditHead? Head, string? Fault);
