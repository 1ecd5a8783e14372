using Azure;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Tables;

public sealed class TableQueryTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_beyond_a_thousand_rows_in_key_order()
    {
        var table = await TestTable.CreateAsync(azurite);
        await FillAsync(table, "p", 1050);

        var rows = await ReadAllAsync(table.QueryAsync<TableEntity>(cancellationToken: Cancellation));

        Assert.Equal(Enumerable.Range(0, 1050).Select(RowKey), rows.Select(row => row.RowKey));
    }

    [Fact]
    public async Task Pages_have_the_asked_size_and_go_on_from_a_token()
    {
        var table = await TestTable.CreateAsync(azurite);
        await FillAsync(table, "it's p", 25);
        var query = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {"it's p"}"), 10, cancellationToken: Cancellation);

        var sizes = new List<int>();
        string? token = null;
        await foreach (var page in query.AsPages())
        {
            sizes.Add(page.Values.Count);
            token ??= page.ContinuationToken;
        }

        var rest = await ReadAllAsync(query.AsPages(token), page => page.Values);
        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(Enumerable.Range(10, 15).Select(RowKey), rest.Select(row => row.RowKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-token")]
    [InlineData("a b c")]
    [InlineData(" b")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        var table = await TestTable.CreateAsync(azurite);
        var query = table.QueryAsync<TableEntity>(cancellationToken: Cancellation);

        await Assert.ThrowsAsync<ArgumentException>("continuationToken", () => ReadAllAsync(query.AsPages(token), page => page.Values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_page_size_out_of_range_is_refused(int size)
    {
        var table = new TableClient(azurite.ConnectionString, "anytable");

        Assert.Throws<ArgumentOutOfRangeException>(() => table.QueryAsync<TableEntity>(maxPerPage: size, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Reads_only_selected_properties()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Colour"] = "green", ["Size"] = 3 }, Cancellation);

        var row = Assert.Single(await ReadAllAsync(
            table.QueryAsync<TableEntity>(select: ["Colour", "RowKey"], cancellationToken: Cancellation)));

        Assert.Equal(("r", "green", null), (row.RowKey, row.GetString("Colour"), row.GetInt32("Size")));
    }

    [Fact]
    public async Task An_empty_result_is_no_rows()
    {
        var table = await TestTable.CreateAsync(azurite);

        Assert.Empty(await ReadAllAsync(table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancellation)));
    }

    public static TheoryData<object> FilterValues { get; } = new((object[])
    [
        "it's",
        "'' or RowKey ne '",
        "100% + a & b / c # d ? e = f",
        "Grüße 患者 🧬",
        "{0}",
        true,
        42,
        -42,
        long.MaxValue,
        2.5,
        3.0,
        new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddTicks(1),
        new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        new byte[] { 0, 128, 255 },
    ]);

    [Theory]
    [MemberData(nameof(FilterValues), DisableDiscoveryEnumeration = true)]
    public async Task A_filter_finds_the_row_with_its_value_and_no_other(object value)
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "wanted") { ["Value"] = value }, Cancellation);
        await table.AddEntityAsync(new TableEntity("p", "other") { ["Value"] = "other" }, Cancellation);
        await table.AddEntityAsync(new TableEntity("p", "without"), Cancellation);

        var rows = await ReadAllAsync(
            table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Value eq {value}"), cancellationToken: Cancellation));

        Assert.Equal(["wanted"], rows.Select(row => row.RowKey));
    }

    [Fact]
    public void A_filter_writes_each_value_as_a_literal_of_its_type()
    {
        var filter = TableClient.CreateQueryFilter(
            $"A eq {"x'y"} and B eq {true} and C eq {7} and D eq {7L} and E eq {7.0} and F eq {new byte[] { 10 }} and G eq {Guid.Empty}");

        Assert.Equal(
            "A eq 'x''y' and B eq true and C eq 7 and D eq 7L and E eq 7.0 and F eq X'0A' and G eq guid'00000000-0000-0000-0000-000000000000'",
            filter);
    }

    [Fact]
    public void A_filter_refuses_what_cannot_be_compared()
    {
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {double.NaN}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {1.5m}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {(string?)null}"));
    }

    private static string RowKey(int index) => index.ToString("D5", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task FillAsync(TableClient table, string partition, int count) => await table.SubmitTransactionAsync(
        Enumerable.Range(0, count).Select(index => new TableTransactionAction(
            TableTransactionActionType.Add, new TableEntity(partition, RowKey(index)) { ["Index"] = index })),
        Cancellation);

    private static async Task<List<T>> ReadAllAsync<T>(IAsyncEnumerable<T> source)
    {
        var items = new List<T>();
        await foreach (var item in source)
            items.Add(item);

        return items;
    }

    private static async Task<List<TableEntity>> ReadAllAsync(
        IAsyncEnumerable<Page<TableEntity>> source, Func<Page<TableEntity>, IEnumerable<TableEntity>> rows)
    {
        var items = new List<TableEntity>();
        await foreach (var page in source)
            items.AddRange(rows(page));

        return items;
    }
}
