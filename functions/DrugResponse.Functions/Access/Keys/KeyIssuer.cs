using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Reading;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>Makes, rotates and revokes API keys, the same for the endpoints and the command. Thread-safe.</summary>
internal sealed class KeyIssuer(ApiKeyStore store, KnownKeys known, TimeProvider clock)
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);

    /// <summary>Makes a key.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="request">What it is for.</param>
    /// <param name="cancellationToken">Cancels the call; the key may be kept all the same, and is then of no use to anybody.</param>
    /// <returns>The key as it is kept, and the only copy of its secret.</returns>
    public async Task<(ApiKey Key, ApiKeyText Text)> CreateAsync(TenantName tenant, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var text = ApiKeyText.New(tenant);
        var now = clock.GetUtcNow();
        var key = new ApiKey
        {
            Tenant = tenant,
            Id = text.Id,
            Hash = text.Hash(),
            Name = request.Name,
            Roles = request.Roles,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt ?? now + UsualLifetime,
        };
        await store.AddAsync(key, cancellationToken);
        return (key, text);
    }

    /// <summary>Makes a key that takes the place of another: same name, same roles, a full lifetime. The old one goes on for a
    /// while.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">The old key.</param>
    /// <param name="overlap">How long the old one goes on, 0 to <see cref="ApiKeyRequestReader.MaxOverlap"/>; a day when null.</param>
    /// <param name="cancellationToken">Cancels the call; a new key may be kept all the same, and is then of no use to anybody.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is none; nothing was done.</exception>
    public async Task<KeyRotation> RotateAsync(
        TenantName tenant, ApiKeyId id, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        var goesOnFor = overlap ?? UsualOverlap;
        ArgumentOutOfRangeException.ThrowIfLessThan(goesOnFor, TimeSpan.Zero, nameof(overlap));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(goesOnFor, ApiKeyRequestReader.MaxOverlap, nameof(overlap));
        var now = clock.GetUtcNow();
        if (await store.GetAsync(tenant, id, cancellationToken) is not { } old || !old.IsValidAt(now))
            return new KeyRotation.Missing();
        if (await IsReplacedAsync(old, cancellationToken))
            return new KeyRotation.Replaced();

        var (key, text) = await CreateAsync(tenant, new ApiKeyRequest { Name = old.Name, Roles = old.Roles }, cancellationToken);
        var isReplaced = false;
        try
        {
            // A caller who goes away in the middle must not leave the old key with a successor that nobody has.
            isReplaced = await store.ReplaceAsync(old, key.Id, now + goesOnFor, CancellationToken.None);
        }
        finally
        {
            known.Forget(tenant, id);
            // Nobody will be shown it.
            if (!isReplaced)
                await store.RevokeAsync(tenant, key.Id, now, CancellationToken.None);
        }

        return isReplaced ? new KeyRotation.Done(key, text) : new KeyRotation.Replaced();
    }

    // A successor that is revoked was never shown, or is of no use any more: the old key may have another.
    private async Task<bool> IsReplacedAsync(ApiKey old, CancellationToken cancellationToken) =>
        ApiKeyId.TryParse(old.ReplacedBy, out var successor)
        && await store.GetAsync(old.Tenant, successor, cancellationToken) is { RevokedAt: null };

    /// <summary>Revokes a key, for good.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call; the key may be revoked all the same.</param>
    /// <returns>Whether there is such a key.</returns>
    public async Task<bool> RevokeAsync(TenantName tenant, ApiKeyId id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.RevokeAsync(tenant, id, clock.GetUtcNow(), cancellationToken) is not null;
        }
        finally
        {
            known.Forget(tenant, id);
        }
    }
}
