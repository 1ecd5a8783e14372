using System.Collections.Concurrent;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Reads API keys, and remembers those that exist for a while, so that a request needs no storage to be authenticated. Thread-safe.
/// </summary>
/// <remarks>
/// Keys that do not exist are not remembered, since anybody can make them up; looking for keys that are not remembered is limited instead
/// (<see cref="KeyLookups"/>), so that guessing neither loads storage nor keeps known callers waiting.
/// </remarks>
internal sealed class KnownKeys(
    ApiKeyStore store, StorageSetup setup, KeyLookups lookups, IOptions<AccessOptions> options, TimeProvider clock)
{
    /// <summary>While storage does not answer, nobody can revoke a key either, so what is remembered goes on for this long.</summary>
    private static readonly TimeSpan KnownInOutageFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(TenantName Tenant, ApiKeyId Id), Known> _known = new();

    private readonly Lock _changes = new();
    private long _changed;

    /// <summary>Gives a key as it is kept, whether or not it is still valid.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">Its id.</param>
    /// <param name="address">From where it is asked for, as <see cref="ClientAddress"/> has it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key, or null if there is none.</returns>
    /// <exception cref="TooManyLookupsException">Too many keys that are not known are being tried.</exception>
    public async ValueTask<ApiKey?> FindAsync(TenantName tenant, ApiKeyId id, string address, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, id), out var known))
        {
            var age = clock.GetElapsedTime(known.ReadAt);
            return age < options.Value.KeysKnownFor ? known.Key : await RefreshAsync(known.Key, age, cancellationToken);
        }

        lookups.Count(address, tenant);
        await setup.WaitAsync(cancellationToken);
        return await ReadAsync(tenant, id, cancellationToken);
    }

    /// <summary>Forgets a key that was changed, so that this process knows at once.</summary>
    public void Forget(TenantName tenant, ApiKeyId id)
    {
        lock (_changes)
        {
            _changed++;
            _known.TryRemove((tenant, id), out _);
        }
    }

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
        var (readAt, changed) = (clock.GetTimestamp(), Interlocked.Read(ref _changed));
        var key = await store.GetAsync(tenant, id, cancellationToken);
        lock (_changes)
        {
            if (key is null)
                _known.TryRemove((tenant, id), out _);
            // What was read while a key was changed may be the key before the change.
            else if (changed == _changed)
                _known[(tenant, id)] = new Known(key, readAt);
        }

        return key;
    }

    private sealed record Known(ApiKey Key, long ReadAt);
}
