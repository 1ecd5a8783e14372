using System.Security.Cryptography;
using System.Text;
using Azure.Core.Pipeline;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Patients;

public sealed class PatientStoreTests(AzuriteFixture azurite)
{
    private static readonly byte[] FirstKey = [.. Enumerable.Range(0, 32).Select(index => (byte)index)];
    private static readonly byte[] SecondKey = [.. Enumerable.Range(100, 32).Select(index => (byte)index)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_id_gives_the_same_key_and_another_id_another()
    {
        var store = await CreateStoreAsync();
        var tenant = AzuriteFixture.UniqueTenant();

        var key = await store.GetOrCreateAsync(tenant, "MRN-0042", Cancellation);

        Assert.Equal(key, await store.GetOrCreateAsync(tenant, "MRN-0042", Cancellation));
        Assert.Equal(key, await store.FindAsync(tenant, "MRN-0042", Cancellation));
        Assert.NotEqual(key, await store.GetOrCreateAsync(tenant, "MRN-0043", Cancellation));
        Assert.NotEqual(key, await store.GetOrCreateAsync(tenant, "mrn-0042", Cancellation));
        Assert.NotEqual(key, await store.GetOrCreateAsync(tenant, "MRN-0042 ", Cancellation));
    }

    [Fact]
    public async Task An_unknown_patient_is_not_found_and_not_entered()
    {
        var store = await CreateStoreAsync();
        var tenant = AzuriteFixture.UniqueTenant();

        Assert.Null(await store.FindAsync(tenant, "MRN-0042", Cancellation));
        Assert.Empty(await ReadRowsAsync(tenant));
    }

    [Fact]
    public async Task Another_tenants_patient_of_the_same_id_is_another_patient_with_another_pseudonym()
    {
        var store = await CreateStoreAsync();
        var (ours, theirs) = (AzuriteFixture.UniqueTenant(), AzuriteFixture.UniqueTenant());
        var key = await store.GetOrCreateAsync(ours, "MRN-0042", Cancellation);

        Assert.Null(await store.FindAsync(theirs, "MRN-0042", Cancellation));
        Assert.NotEqual(key, await store.GetOrCreateAsync(theirs, "MRN-0042", Cancellation));
        Assert.NotEqual(Assert.Single(await ReadRowsAsync(ours)).RowKey, Assert.Single(await ReadRowsAsync(theirs)).RowKey);
    }

    [Fact]
    public async Task Callers_that_enter_a_patient_at_once_get_one_key()
    {
        const int callers = 8;
        await azurite.ConnectAsync();
        var tables = new TableServiceClient(
            azurite.ConnectionString,
            new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(new SimultaneousInsertions(callers))) });
        var store = new PatientStore(tables, Ring(), TimeProvider.System);
        var tenant = AzuriteFixture.UniqueTenant();

        var keys = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => store.GetOrCreateAsync(tenant, "MRN-0042", Cancellation)));

        Assert.Single(keys.Distinct());
        Assert.Equal(keys[0].Key.ToString(), Assert.Single(await ReadRowsAsync(tenant)).GetString("PatientKey"));
    }

    [Fact]
    public async Task After_a_rotation_the_patient_is_found_and_entered_under_the_new_key()
    {
        var tenant = AzuriteFixture.UniqueTenant();
        var before = await CreateStoreAsync(new PseudonymKeyRing(new Dictionary<int, byte[]> { [1] = FirstKey }, 1));
        var rotated = await CreateStoreAsync(new PseudonymKeyRing(new Dictionary<int, byte[]> { [1] = FirstKey, [2] = SecondKey }, 2));
        var after = await CreateStoreAsync(new PseudonymKeyRing(new Dictionary<int, byte[]> { [2] = SecondKey }, 2));
        var looked = await before.GetOrCreateAsync(tenant, "looked up", Cancellation);
        var created = await before.GetOrCreateAsync(tenant, "asked for", Cancellation);
        var unseen = await before.GetOrCreateAsync(tenant, "never seen again", Cancellation);

        Assert.Equal(looked, await rotated.FindAsync(tenant, "looked up", Cancellation));
        Assert.Equal(created, await rotated.GetOrCreateAsync(tenant, "asked for", Cancellation));

        Assert.Equal(looked, await after.FindAsync(tenant, "looked up", Cancellation));
        Assert.Equal(created, await after.FindAsync(tenant, "asked for", Cancellation));
        Assert.Null(await after.FindAsync(tenant, "never seen again", Cancellation));
        Assert.Equal(unseen, await rotated.FindAsync(tenant, "never seen again", Cancellation));
    }

    [Fact]
    public async Task While_a_rotation_is_rolled_out_instances_agree_on_the_key()
    {
        var tenant = AzuriteFixture.UniqueTenant();
        var keys = new Dictionary<int, byte[]> { [1] = FirstKey, [2] = SecondKey };
        var behind = await CreateStoreAsync(new PseudonymKeyRing(keys, 1));
        var ahead = await CreateStoreAsync(new PseudonymKeyRing(keys, 2));

        var key = await ahead.GetOrCreateAsync(tenant, "MRN-0042", Cancellation);

        Assert.Equal(key, await behind.GetOrCreateAsync(tenant, "MRN-0042", Cancellation));
        Assert.Equal(key, await ahead.GetOrCreateAsync(tenant, "MRN-0042", Cancellation));
    }

    [Fact]
    public async Task Nothing_that_is_stored_holds_the_id_and_the_pseudonym_is_the_documented_one()
    {
        const string rawId = "MRN-0042-Grüße";
        var tenant = AzuriteFixture.UniqueTenant();
        var store = await CreateStoreAsync(new PseudonymKeyRing(new Dictionary<int, byte[]> { [7] = FirstKey }, 7));
        var key = await store.GetOrCreateAsync(tenant, rawId, Cancellation);

        var row = Assert.Single(await ReadRowsAsync(tenant));

        var tenantKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, FirstKey, 32, info: Encoding.UTF8.GetBytes("DrugResponse patient pseudonym\0" + tenant));
        var expected = Convert.ToBase64String(HMACSHA256.HashData(tenantKey, Encoding.UTF8.GetBytes(rawId)))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal("v7." + expected, row.RowKey);
        Assert.Equal(key.Key.ToString(), row.GetString("PatientKey"));
        Assert.All(row.Values, value => Assert.DoesNotContain("0042", value.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_does_not_repeat_the_id()
    {
        var rawId = "MRN-0042-" + "🧬"[..1];
        var store = await CreateStoreAsync();
        var absent = new PatientStore(
            new TableServiceClient(azurite.ConnectionString.Replace("Eby8", "Xby8", StringComparison.Ordinal)), Ring(), TimeProvider.System);

        var malformed = await Assert.ThrowsAsync<ArgumentException>(
            () => store.GetOrCreateAsync(AzuriteFixture.UniqueTenant(), rawId, Cancellation));
        var refused = await Assert.ThrowsAsync<Azure.RequestFailedException>(
            () => absent.GetOrCreateAsync(AzuriteFixture.UniqueTenant(), "MRN-0042", Cancellation));

        Assert.DoesNotContain("0042", malformed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0042", refused.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => store.FindAsync(AzuriteFixture.UniqueTenant(), string.Empty, Cancellation));
    }

    private static PseudonymKeyRing Ring() => new(new Dictionary<int, byte[]> { [1] = FirstKey }, 1);

    private async Task<PatientStore> CreateStoreAsync(PseudonymKeyRing? ring = null) =>
        new((await azurite.ConnectAsync()).Tables, ring ?? Ring(), TimeProvider.System);

    private async Task<List<TableEntity>> ReadRowsAsync(TenantName tenant)
    {
        var rows = new List<TableEntity>();
        var table = (await azurite.ConnectAsync()).Tables.GetTableClient(PatientStore.TableName);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
        {
            // The others are only ways back to these.
            if (row.RowKey.StartsWith('v'))
                rows.Add(row);
        }

        return rows;
    }

    /// <summary>Holds insertions back until all callers have come to theirs, so that each has found the patient absent.</summary>
    private sealed class SimultaneousInsertions(int callers) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly TaskCompletionSource _allHere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post && Interlocked.Increment(ref _here) == callers)
                _allHere.SetResult();
            if (request.Method == HttpMethod.Post)
                await _allHere.Task.WaitAsync(cancellationToken);

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
