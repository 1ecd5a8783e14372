using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;
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
        await ClaimAsync(store, resourceId: "one", now: Noon);

        Assert.False(await store.ReleaseAsync(AzuriteFixture.UniqueTenant(), "one", Cancellation));
        Assert.False(await store.ReleaseAsync(_tenant, "two", Cancellation));
        Assert.True(await store.ReleaseAsync(_tenant, "one", Cancellation));
        Assert.False(await store.ReleaseAsync(_tenant, "one", Cancellation));

        var second = await ClaimAsync(store, resourceId: "two", requestHash: "other-hash", now: Noon);
        Assert.Equal((true, "two"), (second.IsOwn, second.Claim.ResourceId));
    }

    [Fact]
    public async Task All_claims_of_a_patient_can_be_let_go_of_and_nobody_elses()
    {
        var store = await CreateStoreAsync();
        var (patient, other) = (PatientKey.New(), PatientKey.New());
        for (var index = 0; index < 3; index++)
        {
            await ClaimAsync(store, PredictionId.Create(patient, Noon).ToString(), key: $"key-{index}");
            await ClaimAsync(store, PredictionId.Create(patient, Noon).ToString(), key: $"key-{index}", scope: "queue");
        }

        var kept = await ClaimAsync(store, PredictionId.Create(other, Noon).ToString(), key: "other");
        var batch = await ClaimAsync(store, BatchId.Create(Noon).ToString(), key: "batch");

        Assert.Equal(0, await store.ReleaseOfAsync(AzuriteFixture.UniqueTenant(), patient, Cancellation));
        Assert.Equal(6, await store.ReleaseOfAsync(_tenant, patient, Cancellation));
        Assert.Equal(0, await store.ReleaseOfAsync(_tenant, patient, Cancellation));
        Assert.True(await store.ReleaseAsync(_tenant, kept.Claim.ResourceId, Cancellation));
        Assert.True(await store.ReleaseAsync(_tenant, batch.Claim.ResourceId, Cancellation));
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
    public async Task The_key_is_stored_as_the_documented_hash_which_nobody_guesses()
    {
        var store = await CreateStoreAsync();
        await ClaimAsync(store, resourceId: "one", key: "MRN-0042");

        var row = Assert.Single(await ReadRowsAsync());

        var tenantKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, KeyOf(1), 32, info: Encoding.UTF8.GetBytes("DrugResponse idempotency key\0" + _tenant));
        var expected = Base64Url.EncodeToString(HMACSHA256.HashData(tenantKey, Encoding.UTF8.GetBytes("predictions\0MRN-0042")));
        Assert.Equal("1." + expected, row.RowKey);
        Assert.All(row.Values, value => Assert.DoesNotContain("0042", value.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_claim_is_known_before_during_and_after_a_rotation()
    {
        var (before, during, after) = (await CreateStoreAsync(1), await CreateStoreAsync(1, 2), await CreateStoreAsync(2));
        await ClaimAsync(before, resourceId: "one", key: "first");
        await ClaimAsync(during, resourceId: "two", key: "second");

        Assert.Equal("one", (await ClaimAsync(during, resourceId: "three", key: "first")).Claim.ResourceId);
        Assert.Equal("two", (await ClaimAsync(before, resourceId: "three", key: "second")).Claim.ResourceId);
        Assert.Equal("two", (await ClaimAsync(after, resourceId: "three", key: "second")).Claim.ResourceId);
    }

    [Fact]
    public async Task While_a_rotation_is_rolled_out_exactly_one_of_claims_made_at_once_wins()
    {
        IdempotencyStore[] stores = [await CreateStoreAsync(1, 2), await CreateStoreAsync(2, 1)];

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(index => ClaimAsync(stores[index % 2], resourceId: $"id-{index}", now: Noon)));

        Assert.Single(outcomes, outcome => outcome.IsOwn);
        Assert.Single(outcomes.Select(outcome => outcome.Claim).Distinct());
    }

    [Fact]
    public async Task A_claim_is_let_go_of_under_every_version_and_counted_once()
    {
        var store = await CreateStoreAsync(1, 2);
        var patient = PatientKey.New();
        await ClaimAsync(store, PredictionId.Create(patient, Noon).ToString(), key: "first");
        await ClaimAsync(store, "two", key: "second");

        Assert.Equal(1, await store.ReleaseOfAsync(_tenant, patient, Cancellation));
        Assert.True(await store.ReleaseAsync(_tenant, "two", Cancellation));

        Assert.Empty(await ReadRowsAsync());
    }

    private async Task<List<TableEntity>> ReadRowsAsync()
    {
        var table = (await azurite.ConnectAsync()).Tables.GetTableClient(IdempotencyStore.TableName);
        var rows = new List<TableEntity>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_tenant.ToString()}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            rows.Add(row);
        return rows;
    }

    private static byte[] KeyOf(int version) => [.. Enumerable.Repeat((byte)version, MasterKeyRing.KeyLength)];

    private async Task<IdempotencyStore> CreateStoreAsync(params int[] versions)
    {
        int[] all = versions.Length == 0 ? [1] : versions;
        return new((await azurite.ConnectAsync()).Tables, new MasterKeyRing(all.ToDictionary(static version => version, KeyOf), all[^1]));
    }

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
