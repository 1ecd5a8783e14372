using System.Threading.RateLimiting;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;

namespace DrugResponse.Functions.Access;

/// <summary>
/// How often keys are looked for that this process does not know: first by address and the tenant that the key says to be of, then by
/// address, then at all. So whoever tries keys from one address refuses nobody elsewhere, and at the same address, which may be that of a
/// proxy, those of no other tenant unless he makes up tenants faster still. Thread-safe.
/// </summary>
internal sealed class KeyLookups : IDisposable
{
    private readonly PartitionedRateLimiter<Lookup>[] _narrowFirst =
    [
        Limit(static lookup => lookup, perSecond: 50, atOnce: 100),
        Limit(static lookup => lookup.Address, perSecond: 200, atOnce: 400),
        Limit(static _ => true, perSecond: 1000, atOnce: 2000),
    ];

    private readonly PartitionedRateLimiter<Lookup> _limits;

    public KeyLookups() => _limits = PartitionedRateLimiter.CreateChained(_narrowFirst);

    /// <summary>Counts a look-up that is about to be made.</summary>
    /// <param name="address">From where the key came, as <see cref="ClientAddress"/> has it.</param>
    /// <param name="tenant">Whose key it says to be.</param>
    /// <exception cref="TooManyLookupsException">There were too many.</exception>
    public void Count(string address, TenantName tenant)
    {
        using var lease = _limits.AttemptAcquire(new Lookup(address, tenant));
        if (!lease.IsAcquired)
            throw new TooManyLookupsException();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _limits.Dispose();
        foreach (var limit in _narrowFirst)
            limit.Dispose();
    }

    private static PartitionedRateLimiter<Lookup> Limit<TPart>(Func<Lookup, TPart> part, int perSecond, int atOnce)
        where TPart : notnull => PartitionedRateLimiter.Create<Lookup, TPart>(
            lookup => RateLimitPartition.GetTokenBucketLimiter(part(lookup), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = atOnce,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));

    private sealed record Lookup(string Address, TenantName Tenant);
}

/// <summary>Keys that are not known are tried faster than they are looked for.</summary>
internal sealed class TooManyLookupsException() : Exception("Too many unknown keys are being tried.")
{
    /// <summary>When it is worth trying again.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
