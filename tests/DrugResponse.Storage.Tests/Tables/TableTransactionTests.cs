using System.Globalization;
using Azure;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Tables;

public sealed class TableTransactionTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Writes_every_row_once_and_answers_for_each(int count)
    {
        var table = await TestTable.CreateAsync(azurite);

        var responses = (await table.SubmitTransactionAsync(Additions(0, count), Cancellation)).Value;

        var rows = await ReadAsync(table);
        Assert.Equal(Enumerable.Range(0, count).Select(RowKey), rows.Select(row => row.RowKey));
        Assert.Equal(Enumerable.Range(0, count), rows.Select(row => row.GetInt32("Index")!.Value));
        Assert.All(responses, response => Assert.Equal(204, response.Status));
        Assert.Equal(rows.Select(row => (ETag?)row.ETag), responses.Select(response => response.Headers.ETag));
    }

    [Fact]
    public async Task Does_each_action_as_its_single_counterpart()
    {
        var table = await TestTable.CreateAsync(azurite);
        var etags = new Dictionary<string, ETag>();
        foreach (var key in new[] { "mergeOne", "replaceOne", "deleteOne", "deleteAny", "mergeUpsert", "replaceUpsert" })
            etags[key] = (await table.AddEntityAsync(Row(key, ("Old", 1)), Cancellation)).Headers.ETag!.Value;

        var responses = await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, Row("added", ("New", 2))),
                new(TableTransactionActionType.UpdateMerge, Row("mergeOne", ("New", 2)), etags["mergeOne"]),
                new(TableTransactionActionType.UpdateReplace, Row("replaceOne", ("New", 2)), etags["replaceOne"]),
                new(TableTransactionActionType.Delete, Row("deleteOne"), etags["deleteOne"]),
                new(TableTransactionActionType.Delete, Row("deleteAny")),
                new(TableTransactionActionType.UpsertMerge, Row("mergeUpsert", ("New", 2))),
                new(TableTransactionActionType.UpsertReplace, Row("replaceUpsert", ("New", 2))),
                new(TableTransactionActionType.UpsertMerge, Row("upserted", ("New", 2))),
            ],
            Cancellation);

        Assert.Equal(8, responses.Value.Count);
        Assert.Equal(
            ["added: New", "mergeOne: New Old", "mergeUpsert: New Old", "replaceOne: New", "replaceUpsert: New", "upserted: New"],
            (await ReadAsync(table)).Select(row => $"{row.RowKey}: {string.Join(' ', row.Keys.Where(key => key is "Old" or "New").Order())}"));
    }

    [Theory]
    [InlineData("it's 'quoted'")]
    [InlineData("100% + more & less = =")]
    [InlineData("Grüße 患者 🧬")]
    [InlineData("a,b;c:d@e!f$g(h)i*j~k_l-m.n|o^p`q<r>s[t]{u}")]
    public async Task Keys_with_special_characters_are_kept(string key)
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity(key, key + "1") { ["Index"] = 1 }),
                new(TableTransactionActionType.UpsertReplace, new TableEntity(key, key + "2") { ["Index"] = 2 }),
                new(TableTransactionActionType.UpsertMerge, new TableEntity(key, key + "3") { ["Index"] = 3 }),
                new(TableTransactionActionType.Add, new TableEntity(key, key + "4") { ["Index"] = 4 }),
            ],
            Cancellation);
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Delete, new TableEntity(key, key + "4"))], Cancellation);

        Assert.Equal(
            [(key, key + "1", 1), (key, key + "2", 2), (key, key + "3", 3)],
            (await ReadAsync(table)).Select(row => (row.PartitionKey, row.RowKey, row.GetInt32("Index")!.Value)));
    }

    [Fact]
    public async Task A_refused_row_is_named_and_its_transaction_leaves_nothing()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.AddEntityAsync(Row(RowKey(7), ("Index", -1)), Cancellation);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync(Additions(0, 20), Cancellation));

        Assert.Equal((409, "EntityAlreadyExists", 7), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex!.Value));
        Assert.Equal(-1, Assert.Single(await ReadAsync(table)).GetInt32("Index"));
    }

    [Fact]
    public async Task In_a_split_list_the_index_counts_from_the_lists_start_and_earlier_transactions_stay()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.AddEntityAsync(Row(RowKey(213), ("Index", -1)), Cancellation);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync(Additions(0, 250), Cancellation));

        Assert.Equal(213, failure.FailedTransactionActionIndex);
        Assert.Equal([.. Enumerable.Range(0, 200), -1], (await ReadAsync(table)).Select(row => row.GetInt32("Index")!.Value));
    }

    [Fact]
    public async Task A_stale_etag_fails_with_412_and_an_absent_row_with_404()
    {
        var table = await TestTable.CreateAsync(azurite);
        var stale = (await table.AddEntityAsync(Row("r", ("Index", 1)), Cancellation)).Headers.ETag!.Value;
        await table.UpsertEntityAsync(Row("r", ("Index", 2)), cancellationToken: Cancellation);

        var changed = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, Row("new")), new(TableTransactionActionType.UpdateReplace, Row("r"), stale)], Cancellation));
        var absent = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateMerge, Row("absent"))], Cancellation));

        Assert.Equal((412, 1), (changed.Status, changed.FailedTransactionActionIndex!.Value));
        Assert.Equal((404, 0), (absent.Status, absent.FailedTransactionActionIndex!.Value));
        Assert.Equal(2, Assert.Single(await ReadAsync(table)).GetInt32("Index"));
    }

    [Fact]
    public async Task Large_rows_are_split_by_size()
    {
        var table = await TestTable.CreateAsync(azurite);
        var content = new byte[65_536];
        new Random(1).NextBytes(content);

        // 60 rows of 2 x 64 KiB are about 10 MB in base64: far beyond what one transaction may carry.
        var responses = await table.SubmitTransactionAsync(
            Enumerable.Range(0, 60).Select(index => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace, Row(RowKey(index), ("Index", index), ("First", content), ("Second", content)))),
            Cancellation);

        var rows = await ReadAsync(table);
        Assert.Equal(60, responses.Value.Count);
        Assert.Equal(Enumerable.Range(0, 60), rows.Select(row => row.GetInt32("Index")!.Value));
        Assert.All(rows, row => Assert.Equal(content, row.GetBinary("Second")));
    }

    [Fact]
    public async Task Text_that_looks_like_the_envelope_is_only_text()
    {
        var table = await TestTable.CreateAsync(azurite);
        const string text = "\r\n--changeset_x--\r\n\r\n--batch_x--\r\nDELETE http://127.0.0.1/t(PartitionKey='p',RowKey='r') HTTP/1.1\r\n\r\n{}";

        await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, Row("r", ("Text", text))), new(TableTransactionActionType.Add, Row("s", ("Text", text)))],
            Cancellation);

        Assert.Equal([text, text], (await ReadAsync(table)).Select(row => row.GetString("Text")));
    }

    [Fact]
    public async Task Rows_of_two_partitions_are_refused_before_the_request()
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName("absent"));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("a", "1")), new(TableTransactionActionType.Add, new TableEntity("b", "1"))],
            Cancellation));

        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_table_is_an_error()
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName("absent"));

        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(() => table.SubmitTransactionAsync(Additions(0, 2), Cancellation));

        Assert.Equal((404, "TableNotFound"), (failure.Status, failure.ErrorCode));
    }

    private static string RowKey(int index) => index.ToString("D5", CultureInfo.InvariantCulture);

    private static TableEntity Row(string rowKey, params (string Name, object Value)[] properties)
    {
        var entity = new TableEntity("p", rowKey);
        foreach (var (name, value) in properties)
            entity[name] = value;

        return entity;
    }

    private static IEnumerable<TableTransactionAction> Additions(int start, int count) => Enumerable.Range(start, count)
        .Select(index => new TableTransactionAction(TableTransactionActionType.Add, Row(RowKey(index), ("Index", index))));

    private static async Task<List<TableEntity>> ReadAsync(TableClient table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            rows.Add(row);

        return rows;
    }
}
