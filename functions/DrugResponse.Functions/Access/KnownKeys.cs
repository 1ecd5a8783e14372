using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Reads API keys, and remembers those that exist for a while, so that a request needs no storage to be authenticated. Thread-safe.
/// </summary>
/// <remarks>
/// Keys that do not exist are not remembered, since anybody can make them up; looking for keys that are not remembered is limited instead,
/// so that guessing neither loads storage nor keeps known callers waiting.
/// </remarks>
internal sealed class KnownKeys(ApiKeyStore store, StorageSetup setup, IOptions<AccessOptions> options, TimeProvider clock) : IDisposable
{
    private const int LookupsAtOnce = 200;
    private const int LookupsPerSecond = 100;

    /// <summary>While storage does not answer, nobody can revoke a key either, so what is remembered goes on for this long.</summary>
    private static readonly TimeSpan KnownInOutageFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(TenantName Tenant, ApiKeyId Id), Known> _known = new();

    private readonly TokenBucketRateLimiter _lookups = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = LookupsAtOnce,
        TokensPerPeriod = LookupsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    /// <summary>Gives a key as it is kept, whether or not it is still valid.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key, or null if there is none.</returns>
    /// <exception cref="TooManyLookupsException">Too many keys that are not known are being tried.</exception>
    public async ValueTask<ApiKey?> FindAsync(TenantName tenant, ApiKeyId id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, id), out var known))
        {
            var age = clock.GetElapsedTime(known.ReadAt);
            return age < options.Value.KeysKnownFor ? known.Key : await RefreshAsync(known.Key, age, cancellationToken);
        }

        using var lookup = _lookups.AttemptAcquire();
        if (!lookup.IsAcquired)
            throw new TooManyLookupsException();

        await setup.WaitAsync(cancellationToken);
        return await ReadAsync(tenant, id, cancellationToken);
    }

    /// <summary>Forgets a key that was changed, so that this process knows at once.</summary>
    public void Forget(TenantName tenant, ApiKeyId id) => _known.TryRemove((tenant, id), out _);

    /// <inheritdoc />
    public void Dispose() => _lookups.Dispose();

    private async Task<ApiKey?> RefreshAsync(ApiKey known, TimeSpan age, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(known.Tenant, known.Id, cancellationToken);
        }
        catch (Exception exception) when (age < KnownInOutageFor && StorageOutage.IsOutage(exception, cancellationToken))
        {
            return known;
        }
    }

    private async Task<ApiKey?> ReadAsync(TenantName tenant, ApiKeyId id, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var key = await store.GetAsync(tenant, id, cancellationToken);
        if (key is null)
            Forget(tenant, id);
        else
            _known[(tenant, id)] = new Known(key, readAt);
        return key;
    }

    private sealed record Known(ApiKey Key, long ReadAt);
}

/// <summary>Keys that are not known are tried faster than they are looked for.</summary>
internal sealed class TooManyLookupsException() : Exception("Too many unknown keys are being tried.")
{
    /// <summary>When it is worth trying again.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
