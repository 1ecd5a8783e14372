using DrugResponse.Storage.Audit;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Audit;

public sealed class AuditStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_read_chain_by_chain_and_from_any_place_on()
    {
        var trail = await Trail.CreateAsync(azurite);
        await trail.WriteAsync(3);
        await trail.WriteAsync(2);
        await trail.WriteAsync(1, day: Trail.Day.AddDays(1));
        var all = await ReadAsync(trail);

        Assert.Equal(9, all.Count);
        for (var skipped = 0; skipped < all.Count; skipped++)
        {
            var last = all[skipped];
            Assert.Equal(
                all.Skip(skipped + 1).Select(static row => (row.Chain, row.Sequence)),
                (await ReadAsync(trail, new AuditPosition(last.Chain.Writer, last.Sequence))).Select(static row => (row.Chain, row.Sequence)));
        }
    }

    [Fact]
    public async Task Rows_about_one_patient_are_found()
    {
        var trail = await Trail.CreateAsync(azurite);
        await trail.WriteAsync(3);
        await trail.WriteAsync(2);

        Assert.Equal([2L, 2L], (await ReadAsync(trail, after: null, "patient-2")).Select(static row => row.Sequence));
        Assert.Empty(await ReadAsync(trail, after: null, "nobody' or 'a' eq 'a"));
    }

    [Fact]
    public async Task Another_tenants_rows_and_heads_are_not_read()
    {
        var (ours, theirs) = (await Trail.CreateAsync(azurite), await Trail.CreateAsync(azurite));
        var chain = await ours.WriteAsync(1);
        await theirs.WriteAsync(1);
        var store = new AuditStore(ours.Connection.Tables);

        var heads = new List<AuditHead>();
        await foreach (var head in store.ReadHeadsAsync(Trail.Day, ours.Tenant, Cancellation))
            heads.Add(head);

        Assert.Equal([chain.Head], heads);
        Assert.All(await ReadAsync(ours), row => Assert.Equal(ours.Tenant, row.Chain.Tenant));
    }

    [Fact]
    public async Task Rows_that_are_written_again_are_the_same_rows()
    {
        var connection = await azurite.ConnectAsync();
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(2);
        var rows = await ReadAsync(trail);

        await new AuditStore(connection.Tables).WriteAsync(chain, rows, Cancellation);

        await trail.AssertFaultsAsync();
        Assert.Equal(rows.Count, (await ReadAsync(trail)).Count);
    }

    private static async Task<List<AuditRow>> ReadAsync(Trail trail, AuditPosition? after = null, string? patientKey = null)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in new AuditStore(trail.Connection.Tables).ReadAsync(trail.Tenant, Trail.Day, after, patientKey, Cancellation))
            rows.Add(row.Row!);
        return rows;
    }
}
