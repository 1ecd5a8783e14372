using DrugResponse.Storage.Access;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Access;

public sealed class ApiKeyStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_read_back_as_it_was_kept_and_by_its_tenant_only()
    {
        var store = await CreateStoreAsync();
        var key = NewKey();
        await store.AddAsync(key, Cancellation);

        var read = await store.GetAsync(key.Tenant, key.Id, Cancellation);

        Assert.Equal(key with { Hash = read!.Hash, Roles = read.Roles }, read);
        Assert.Equal(key.Roles, read.Roles);
        Assert.Equal(key.Hash.Salt.ToArray(), read.Hash.Salt.ToArray());
        Assert.Equal(key.Hash.Value.ToArray(), read.Hash.Value.ToArray());
        Assert.Null(await store.GetAsync(AzuriteFixture.UniqueTenant(), key.Id, Cancellation));
        Assert.Null(await store.GetAsync(key.Tenant, ApiKeyId.New(), Cancellation));
    }

    [Fact]
    public async Task Keys_are_listed_oldest_first()
    {
        var store = await CreateStoreAsync();
        var newer = NewKey();
        var older = NewKey() with { Tenant = newer.Tenant, CreatedAt = Now.AddDays(-1) };
        await store.AddAsync(newer, Cancellation);
        await store.AddAsync(older, Cancellation);

        Assert.Equal([older.Id, newer.Id], (await store.ListAsync(newer.Tenant, Cancellation)).Select(static key => key.Id));
        Assert.Empty(await store.ListAsync(AzuriteFixture.UniqueTenant(), Cancellation));
    }

    [Fact]
    public async Task A_revoked_key_keeps_the_time_at_which_it_was_first()
    {
        var store = await CreateStoreAsync();
        var key = NewKey();
        await store.AddAsync(key, Cancellation);

        await store.RevokeAsync(key.Tenant, key.Id, Now, Cancellation);
        await store.RevokeAsync(key.Tenant, key.Id, Now.AddDays(1), Cancellation);

        var read = (await store.GetAsync(key.Tenant, key.Id, Cancellation))!;
        Assert.Equal(Now, read.RevokedAt);
        Assert.False(read.IsValidAt(Now));
        Assert.Null(await store.RevokeAsync(key.Tenant, ApiKeyId.New(), Now, Cancellation));
    }

    [Fact]
    public async Task A_replaced_key_never_works_longer_than_it_did()
    {
        var store = await CreateStoreAsync();
        var (shortened, expiring) = (NewKey(), NewKey() with { ExpiresAt = Now.AddHours(1) });
        await store.AddAsync(shortened, Cancellation);
        await store.AddAsync(expiring, Cancellation);

        Assert.True(await store.ReplaceAsync(shortened, expiring.Id, Now.AddDays(1), Cancellation));
        Assert.True(await store.ReplaceAsync(expiring, shortened.Id, Now.AddDays(1), Cancellation));

        var read = (await store.GetAsync(shortened.Tenant, shortened.Id, Cancellation))!;
        Assert.Equal(Now.AddDays(1), read.ExpiresAt);
        Assert.Equal(expiring.Id.ToString(), read.ReplacedBy);
        Assert.Equal(Now.AddHours(1), (await store.GetAsync(expiring.Tenant, expiring.Id, Cancellation))!.ExpiresAt);
        Assert.True(read.IsValidAt(Now));
        Assert.False(read.IsValidAt(Now.AddDays(1)));
    }

    [Fact]
    public async Task A_key_is_replaced_once_and_not_after_it_was_revoked()
    {
        var store = await CreateStoreAsync();
        var (key, revoked, heir) = (NewKey(), NewKey(), ApiKeyId.New());
        await store.AddAsync(key, Cancellation);
        await store.AddAsync(revoked, Cancellation);
        await store.RevokeAsync(revoked.Tenant, revoked.Id, Now, Cancellation);

        var replaced = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => store.ReplaceAsync(key, ApiKeyId.New(), Now.AddDays(1), Cancellation)));

        Assert.Single(replaced, static wasIt => wasIt);
        Assert.False(await store.ReplaceAsync(key, heir, Now.AddDays(2), Cancellation));
        Assert.False(await store.ReplaceAsync(revoked, heir, Now.AddDays(2), Cancellation));
        Assert.False(await store.ReplaceAsync(NewKey(), heir, Now.AddDays(2), Cancellation));
        Assert.Equal(Now.AddDays(1), (await store.GetAsync(key.Tenant, key.Id, Cancellation))!.ExpiresAt);
    }

    private static ApiKey NewKey()
    {
        var text = ApiKeyText.New(AzuriteFixture.UniqueTenant());
        return new ApiKey
        {
            Tenant = text.Tenant,
            Id = text.Id,
            Hash = text.Hash(),
            Name = "till 3",
            Roles = ["pharmacy", "sponsor"],
            CreatedAt = Now,
            ExpiresAt = Now.AddYears(1),
        };
    }

    private async Task<ApiKeyStore> CreateStoreAsync() => new((await azurite.ConnectAsync()).Tables);
}
