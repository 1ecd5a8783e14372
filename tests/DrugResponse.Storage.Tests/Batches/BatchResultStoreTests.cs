using System.Text;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchResultStoreTests(AzuriteFixture azurite)
{
    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();
    private readonly BatchId _batch = BatchId.Create(Sample.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Rows_are_read_in_order_as_they_were_written(int count)
    {
        var store = await CreateStoreAsync();
        var rows = Enumerable.Range(0, count).Select(static row => Sample.Row(995 + row)).ToArray();

        await store.WriteAsync(_tenant, _batch, 7, rows, Cancellation);

        Assert.Equal(Texts(rows), Texts(await ReadAsync(store, 7)));
    }

    [Fact]
    public async Task Writing_rows_again_leaves_one_of_each()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 0, [Sample.Row(0), Sample.Row(1)], Cancellation);

        await store.WriteAsync(_tenant, _batch, 0, [Sample.Row(1, content: "{\"again\":1}"), Sample.Row(2)], Cancellation);

        Assert.Equal(["{\"row\":0}", "{\"again\":1}", "{\"row\":2}"], Texts(await ReadAsync(store, 0)));
    }

    [Fact]
    public async Task Results_and_errors_are_read_apart_and_from_a_line_on()
    {
        var store = await CreateStoreAsync();
        var rows = Enumerable.Range(0, 10).Select(static row => Sample.Row(row, row % 3 == 0 ? BatchResultKind.Error : BatchResultKind.Result)).ToArray();
        await store.WriteAsync(_tenant, _batch, 0, rows, Cancellation);

        Assert.Equal([0, 3, 6, 9], Rows(await ReadAsync(store, 0, BatchResultKind.Error)));
        Assert.Equal([1, 2, 4, 5, 7, 8], Rows(await ReadAsync(store, 0)));
        Assert.Equal([5, 7, 8], Rows(await ReadAsync(store, 0, afterLine: 5)));
    }

    [Fact]
    public async Task Only_rows_of_the_part_are_read()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 2, [.. Enumerable.Range(2000, 10).Select(static row => Sample.Row(row))], Cancellation);

        var rows = new List<long>();
        await foreach (var row in store.ReadAsync(
            _tenant, _batch, Sample.Part(2, 3, 6, firstRow: 2003), BatchResultKind.Result, cancellationToken: Cancellation))
            rows.Add(row.Row);

        Assert.Equal([2003, 2004, 2005], rows);
    }

    [Fact]
    public async Task A_row_that_is_added_does_not_replace_one()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 0, [Sample.Row(0)], Cancellation);

        Assert.Equal(BatchResultKind.Result, await store.AddAsync(_tenant, _batch, 0, Sample.Row(0, BatchResultKind.Error), Cancellation));
        Assert.Equal(BatchResultKind.Error, await store.AddAsync(_tenant, _batch, 0, Sample.Row(1, BatchResultKind.Error), Cancellation));

        Assert.Equal([0], Rows(await ReadAsync(store, 0)));
        Assert.Equal([1], Rows(await ReadAsync(store, 0, BatchResultKind.Error)));
    }

    [Fact]
    public async Task One_row_is_read_by_its_id()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 3, [Sample.Row(42)], Cancellation);

        var read = await store.GetAsync(_tenant, new BatchRowId(_batch, 3, 42), Cancellation);

        Assert.Equal("{\"row\":42}", Encoding.UTF8.GetString(read!.Content.Span));
        Assert.Null(await store.GetAsync(_tenant, new BatchRowId(_batch, 3, 43), Cancellation));
        Assert.Null(await store.GetAsync(_tenant, new BatchRowId(_batch, 2, 42), Cancellation));
        Assert.Null(await store.GetAsync(AzuriteFixture.UniqueTenant(), new BatchRowId(_batch, 3, 42), Cancellation));
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(200_000)]
    [InlineData(3_000_000)]
    public async Task Long_contents_are_kept_whole(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        var store = await CreateStoreAsync();

        await store.WriteAsync(_tenant, _batch, 0, [Sample.Row(0), Sample.Row(1) with { Content = bytes }], Cancellation);

        Assert.Equal(bytes, (await ReadAsync(store, 0))[1].Content.ToArray());
    }

    [Fact]
    public async Task Removal_takes_the_rows_of_the_chunk_and_no_others()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 0, [.. Enumerable.Range(0, 150).Select(static row => Sample.Row(row))], Cancellation);
        await store.WriteAsync(_tenant, _batch, 1, [Sample.Row(150)], Cancellation);

        var removed = new RemovalCount();
        await store.DeleteAsync(_tenant, _batch, 0, removed, Cancellation);

        Assert.Equal(150, removed.ByTenant[_tenant]);
        Assert.Empty(await ReadAsync(store, 0));
        Assert.Single(await ReadAsync(store, 1));
    }

    [Fact]
    public async Task A_removal_whose_answer_was_lost_goes_on()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 0, [.. Enumerable.Range(0, 150).Select(static row => Sample.Row(row))], Cancellation);
        var connection = await azurite.ConnectAsync();
        var losing = new BatchResultStore(LostAnswers.Connect(azurite.ConnectionString, HttpMethod.Post), connection.Blobs, Sample.Seal);

        await losing.DeleteAsync(_tenant, _batch, 0, new RemovalCount(), Cancellation);

        Assert.Empty(await ReadAsync(store, 0));
    }

    [Fact]
    public async Task Contents_do_not_lie_open()
    {
        var store = await CreateStoreAsync();
        await store.WriteAsync(_tenant, _batch, 0, [Sample.Row(0, content: "{\"rowId\":\"MRN-0042\"}")], Cancellation);
        var table = (await azurite.ConnectAsync()).Tables.GetTableClient(BatchResultStore.TableName);

        var partition = $"{_tenant}~{_batch}~0000000";
        var row = (await table.GetEntityAsync<TableEntity>(partition, "0000000000", cancellationToken: Cancellation)).Value;

        Assert.Equal(
            ["Content0", "Kind", "Line", "PartitionKey", "RowKey", "Timestamp", "odata.etag"], row.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts(IEnumerable<BatchResultRow> rows) => rows.Select(static row => Encoding.UTF8.GetString(row.Content.Span));

    private static IEnumerable<long> Rows(IEnumerable<BatchResultRow> rows) => rows.Select(static row => row.Row);

    private async Task<IReadOnlyList<BatchResultRow>> ReadAsync(
        BatchResultStore store, int chunk, BatchResultKind kind = BatchResultKind.Result, long afterLine = 0)
    {
        var rows = new List<BatchResultRow>();
        await foreach (var row in store.ReadAsync(_tenant, _batch, Sample.Part(chunk, 0, 10_000, firstRow: 0), kind, afterLine, Cancellation))
            rows.Add(row);
        return rows;
    }

    private async Task<BatchResultStore> CreateStoreAsync()
    {
        var connection = await azurite.ConnectAsync();
        return new BatchResultStore(connection.Tables, connection.Blobs, Sample.Seal);
    }
}
