using DrugResponse.Storage.Patients;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Patients;

public sealed class ErasureStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erasure_is_open_until_it_is_closed_and_its_tombstone_stays()
    {
        var store = new ErasureStore((await azurite.ConnectAsync()).Tables);
        var erasure = new Erasure(_tenant, PatientKey.New(), Noon, "key:1", CompletedAt: null, new ErasedCounts(3, 1, 0));
        await store.OpenAsync(erasure, ["v1.a", "v2.b"], Cancellation);
        await store.OpenAsync(erasure with { RequestedAt = Noon.AddHours(1) }, [], Cancellation);

        var open = Assert.Single(await OpenAsync(store));
        var completed = erasure with { CompletedAt = Noon.AddMinutes(5), Counts = erasure.Counts.Plus(new ErasedCounts(0, 0, 7)) };
        await store.AddAsync(erasure, new ErasedCounts(0, 0, 7), completed.CompletedAt, Cancellation);
        await store.CloseAsync(_tenant, erasure.PatientKey, Cancellation);

        Assert.Equal((erasure.PatientKey, Noon), (open.PatientKey, open.RequestedAt));
        Assert.Equal(["v1.a", "v2.b"], open.Pseudonyms);
        Assert.Empty(await OpenAsync(store));
        Assert.Equal(completed, await store.FindAsync(_tenant, erasure.PatientKey, Cancellation));
        Assert.Equal(new ErasedCounts(3, 1, 7), completed.Counts);
        Assert.Null(await store.FindAsync(AzuriteFixture.UniqueTenant(), erasure.PatientKey, Cancellation));
    }

    [Fact]
    public async Task Whoever_adds_at_once_is_counted_and_what_is_complete_stays_so()
    {
        var store = new ErasureStore((await azurite.ConnectAsync()).Tables);
        var erasure = new Erasure(_tenant, PatientKey.New(), Noon, "key:1", CompletedAt: null, ErasedCounts.None);
        await store.OpenAsync(erasure, [], Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => store.AddAsync(
            erasure, new ErasedCounts(1, 2, 3), number == 0 ? Noon.AddMinutes(5) : null, Cancellation)));

        var found = (await store.FindAsync(_tenant, erasure.PatientKey, Cancellation))!;
        Assert.Equal(new ErasedCounts(12, 24, 36), found.Counts);
        Assert.Equal(Noon.AddMinutes(5), found.CompletedAt);
    }

    private async Task<List<OpenErasure>> OpenAsync(ErasureStore store)
    {
        var open = new List<OpenErasure>();
        await foreach (var erasure in store.ReadOpenAsync(Cancellation))
        {
            if (erasure.Tenant == _tenant)
                open.Add(erasure);
        }

        return open;
    }
}
