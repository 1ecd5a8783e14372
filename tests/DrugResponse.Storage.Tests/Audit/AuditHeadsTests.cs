using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Audit;

/// <summary>How far a chain goes is told by its rows, whatever is noted of it.</summary>
public sealed class AuditHeadsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Heads_are_found_of_all_days_that_are_asked_for_and_no_others()
    {
        var trail = await Trail.CreateAsync(azurite);
        var stranger = await Trail.CreateAsync(azurite);
        await stranger.WriteAsync(1);
        await trail.WriteAsync(1, day: Trail.Day.AddDays(-2));
        await trail.WriteAsync(1, day: Trail.Day.AddDays(1));
        AuditChain[] asked =
        [
            await trail.WriteAsync(250, day: Trail.Day.AddDays(-1)), await trail.WriteAsync(0, close: false), await trail.WriteAsync(3),
        ];

        var found = await trail.FindHeadsAsync(days: 2);

        Assert.Equal(
            asked.Select(static chain => chain.Head).OrderBy(static head => head.Chain, StringComparer.Ordinal),
            found.Select(static one => one.Head!));
        Assert.All(found, static one => Assert.Null(one.Fault));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_note_that_was_lowered_is_not_believed(long count)
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(5);
        await trail.ForgeHeadAsync(chain, count, new byte[32]);

        Assert.Equal([new FoundHead(chain.Id, chain.Head, Fault: null)], await trail.FindHeadsAsync());
    }

    [Fact]
    public async Task A_note_that_is_gone_hides_nothing()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(5);
        await trail.Table.DeleteEntityAsync("~heads~20261120", $"{trail.Tenant}~{chain.Id.Writer}", cancellationToken: Cancellation);

        Assert.Equal([chain.Head], (await trail.FindHeadsAsync()).Select(static one => one.Head!));
    }

    [Fact]
    public async Task A_note_of_more_rows_than_there_are_is_a_fault_and_one_of_no_rows_is_no_chain()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(1, close: false);
        await trail.ForgeHeadAsync(chain, 9, new byte[32]);
        await trail.ForgeHeadAsync(new AuditChain(chain.Id with { Writer = AuditChainId.NewWriter() }, null!), 9, new byte[32]);

        var found = Assert.Single(await trail.FindHeadsAsync());

        Assert.Equal((chain.Head, true), (found.Head, found.Fault is not null));
    }

    [Fact]
    public async Task A_last_row_that_the_service_did_not_write_is_no_head()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(1, close: false);
        var row = await trail.RowAsync(chain, 1);
        row.RowKey = $"{2:D12}";
        await trail.ReplaceAsync(row);

        var found = Assert.Single(await trail.FindHeadsAsync());

        Assert.Null(found.Head);
        Assert.NotNull(found.Fault);
    }

    [Fact]
    public async Task All_tenants_with_rows_are_found_whatever_else_stands_in_the_table()
    {
        var (first, second) = (await Trail.CreateAsync(azurite), await Trail.CreateAsync(azurite));
        await first.WriteAsync(1);
        await second.WriteAsync(1);
        await first.ReplaceAsync(new TableEntity($"{first.Tenant}~~odd", "1"));
        await first.ReplaceAsync(new TableEntity($"{first.Tenant}~~~odd", "1"));
        await first.ReplaceAsync(new TableEntity("NO TENANT", "1"));

        var tenants = new List<TenantName>();
        await foreach (var tenant in new AuditStore(first.Connection.Tables).ReadTenantsAsync(Cancellation))
            tenants.Add(tenant);

        Assert.Subset(tenants.ToHashSet(), new HashSet<TenantName> { first.Tenant, second.Tenant });
    }
}
