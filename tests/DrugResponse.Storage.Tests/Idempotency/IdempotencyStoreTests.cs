using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Idempotency;

public sealed class IdempotencyStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_claim_is_ones_own_and_the_second_learns_of_it()
    {
        var store = await CreateStoreAsync();

        var first = await ClaimAsync(store, resourceId: "one", now: Noon);
        var second = await ClaimAsync(store, resourceId: "two", requestHash: "other-hash", now: Noon.AddHours(1));

        Assert.Equal((true, new IdempotencyClaim("hash", "one", Noon)), (first.IsOwn, first.Claim));
        Assert.Equal((false, new IdempotencyClaim("hash", "one", Noon)), (second.IsOwn, second.Claim));
    }

    [Fact]
    public async Task The_same_claim_again_is_still_ones_own()
    {
        var store = await CreateStoreAsync();
        await ClaimAsync(store, resourceId: "one", now: Noon);

        var again = await ClaimAsync(store, resourceId: "one", now: Noon.AddHours(1));

        Assert.Equal((true, new IdempotencyClaim("hash", "one", Noon)), (again.IsOwn, again.Claim));
    }

    [Fact]
    public async Task A_key_that_was_let_go_of_can_be_claimed_by_another_request()
    {
        var store = await CreateStoreAsync();
        var first = await ClaimAsync(store, resourceId: "one", now: Noon);

        Assert.False(await store.ReleaseAsync(AzuriteFixture.UniqueTenant(), first.ClaimId, Cancellation));
        Assert.True(await store.ReleaseAsync(_tenant, first.ClaimId, Cancellation));
        Assert.False(await store.ReleaseAsync(_tenant, first.ClaimId, Cancellation));

        var second = await ClaimAsync(store, resourceId: "two", requestHash: "other-hash", now: Noon);
        Assert.Equal((true, "two"), (second.IsOwn, second.Claim.ResourceId));
    }

    [Fact]
    public async Task Of_claims_made_at_once_exactly_one_wins()
    {
        var store = await CreateStoreAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(index => ClaimAsync(store, resourceId: $"id-{index}", now: Noon)));

        Assert.Single(outcomes, outcome => outcome.IsOwn);
        Assert.Single(outcomes.Select(outcome => outcome.Claim).Distinct());
    }

    [Fact]
    public async Task Keys_of_other_tenants_and_scopes_are_apart()
    {
        var store = await CreateStoreAsync();
        await ClaimAsync(store, resourceId: "one");

        Assert.True((await ClaimAsync(store, resourceId: "two", scope: "batches")).IsOwn);
        Assert.True((await ClaimAsync(store, resourceId: "three", tenant: AzuriteFixture.UniqueTenant())).IsOwn);
        Assert.True((await ClaimAsync(store, resourceId: "four", key: "KEY /#?")).IsOwn);
    }

    [Fact]
    public async Task The_key_itself_is_not_stored()
    {
        var store = await CreateStoreAsync();
        await ClaimAsync(store, resourceId: "one", key: "MRN-0042");
        var table = (await azurite.ConnectAsync()).Tables.GetTableClient(IdempotencyStore.TableName);

        var rows = new List<TableEntity>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_tenant.ToString()}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            rows.Add(row);

        Assert.All(Assert.Single(rows).Values, value => Assert.DoesNotContain("0042", value.ToString(), StringComparison.Ordinal));
    }

    private async Task<IdempotencyStore> CreateStoreAsync() => new((await azurite.ConnectAsync()).Tables);

    private Task<ClaimOutcome> ClaimAsync(
        IdempotencyStore store,
        string resourceId,
        string scope = "predictions",
        string key = "key",
        string requestHash = "hash",
        TenantName? tenant = null,
        DateTimeOffset? now = null) =>
        store.ClaimAsync(tenant ?? _tenant, scope, key, requestHash, resourceId, now ?? Noon, Cancellation);
}
