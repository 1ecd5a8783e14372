using Azure;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Tables;

public sealed class TableClientTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_a_table_once_and_deletes_it_once()
    {
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient(AzuriteFixture.UniqueName("table"));

        var created = await table.CreateIfNotExistsAsync(Cancellation);
        var again = await table.CreateIfNotExistsAsync(Cancellation);
        var deleted = await table.DeleteAsync(Cancellation);
        var absent = await table.DeleteAsync(Cancellation);

        Assert.Equal([204, 409, 204, 404], [created.Status, again.Status, deleted.Status, absent.Status]);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1table")]
    [InlineData("my-table")]
    [InlineData("täble")]
    public void Refuses_a_name_that_no_table_can_have(string name) =>
        Assert.Throws<ArgumentException>("tableName", () => new TableClient(azurite.ConnectionString, name));

    [Fact]
    public async Task Reads_what_was_added_with_etag_and_timestamp()
    {
        var table = await TestTable.CreateAsync(azurite);

        var response = await table.AddEntityAsync(new TableEntity("p", "r") { ["Colour"] = "green" }, Cancellation);
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);

        Assert.Equal("green", read.Value.GetString("Colour"));
        Assert.Equal(response.Headers.ETag, read.Value.ETag);
        Assert.NotEqual(default, read.Value.ETag);
        Assert.True(read.Value.Timestamp > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Reads_only_selected_properties()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Colour"] = "green", ["Size"] = 3 }, Cancellation);

        var read = await table.GetEntityAsync<TableEntity>("p", "r", ["Size"], Cancellation);

        Assert.Equal(3, read.Value.GetInt32("Size"));
        Assert.Null(read.Value.GetString("Colour"));
    }

    [Fact]
    public async Task Add_fails_with_409_when_the_row_exists()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Colour"] = "green" }, Cancellation);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.AddEntityAsync(new TableEntity("p", "r") { ["Colour"] = "red" }, Cancellation));

        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode));
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        Assert.Equal("green", read.Value.GetString("Colour"));
    }

    [Fact]
    public async Task A_point_read_of_an_absent_row_fails_or_has_no_value_as_asked()
    {
        var table = await TestTable.CreateAsync(azurite);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation));
        var none = await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation);

        Assert.Equal((404, "ResourceNotFound"), (failure.Status, failure.ErrorCode));
        Assert.False(none.HasValue);
        Assert.Throws<InvalidOperationException>(() => none.Value);
    }

    [Fact]
    public async Task An_absent_table_is_an_error_and_not_an_absent_row()
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName("absent"));

        var read = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation));
        var delete = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", cancellationToken: Cancellation));

        Assert.Equal("TableNotFound", read.ErrorCode);
        Assert.Equal("TableNotFound", delete.ErrorCode);
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "green")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task Upsert_inserts_and_then_keeps_or_removes_other_properties(TableUpdateMode mode, string? expectedColour)
    {
        var table = await TestTable.CreateAsync(azurite);

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Colour"] = "green" }, mode, Cancellation);
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Size"] = 3 }, mode, Cancellation);

        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        Assert.Equal(3, read.Value.GetInt32("Size"));
        Assert.Equal(expectedColour, read.Value.GetString("Colour"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task Update_succeeds_with_the_read_etag_and_fails_with_412_when_somebody_was_faster(TableUpdateMode mode)
    {
        var table = await TestTable.CreateAsync(azurite);
        var first = (await table.AddEntityAsync(new TableEntity("p", "r") { ["Size"] = 1 }, Cancellation)).Headers.ETag!.Value;

        var second = await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Size"] = 2 }, first, mode, Cancellation);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["Size"] = 3 }, first, mode, Cancellation));

        Assert.NotEqual(first, second.Headers.ETag);
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (failure.Status, failure.ErrorCode));
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        Assert.Equal(2, read.Value.GetInt32("Size"));
    }

    [Fact]
    public async Task Update_fails_with_404_when_the_row_is_absent_and_at_once_without_an_etag()
    {
        var table = await TestTable.CreateAsync(azurite);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Replace, Cancellation));

        Assert.Equal(404, failure.Status);
        await Assert.ThrowsAsync<ArgumentException>(
            "ifMatch", () => table.UpdateEntityAsync(new TableEntity("p", "r"), default, TableUpdateMode.Replace, Cancellation));
    }

    [Fact]
    public async Task Delete_honours_the_etag_and_tells_an_absent_row()
    {
        var table = await TestTable.CreateAsync(azurite);
        var first = (await table.AddEntityAsync(new TableEntity("p", "r"), Cancellation)).Headers.ETag!.Value;
        var second = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Size"] = 2 }, first, cancellationToken: Cancellation))
            .Headers.ETag!.Value;

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", first, Cancellation));
        var deleted = await table.DeleteEntityAsync("p", "r", second, Cancellation);
        var absent = await table.DeleteEntityAsync("p", "r", cancellationToken: Cancellation);

        Assert.Equal([412, 204, 404], [failure.Status, deleted.Status, absent.Status]);
    }

    [Theory]
    [InlineData("it's 'quoted'")]
    [InlineData("''")]
    [InlineData("100% + more & less = =")]
    [InlineData(" leading and trailing ")]
    [InlineData("a%2Fb%27c")]
    [InlineData("Grüße 患者 🧬")]
    [InlineData("{\"json\":[1]}")]
    [InlineData("a,b;c:d@e!f$g(h)i*j~k_l-m.n|o^p`q<r>s[t]")]
    [InlineData("..")]
    public async Task Keys_with_special_characters_are_kept(string key)
    {
        var table = await TestTable.CreateAsync(azurite);
        var partition = key + "p";
        var row = key + "r";

        await table.AddEntityAsync(new TableEntity(partition, row) { ["Size"] = 1 }, Cancellation);
        await table.UpsertEntityAsync(new TableEntity(partition, row) { ["Size"] = 2 }, TableUpdateMode.Replace, Cancellation);
        await table.UpsertEntityAsync(new TableEntity(partition, row) { ["Colour"] = "green" }, TableUpdateMode.Merge, Cancellation);

        var read = (await table.GetEntityAsync<TableEntity>(partition, row, cancellationToken: Cancellation)).Value;
        Assert.Equal((partition, row, 2, "green"), (read.PartitionKey, read.RowKey, read.GetInt32("Size"), read.GetString("Colour")));
        Assert.Equal(204, (await table.DeleteEntityAsync(partition, row, cancellationToken: Cancellation)).Status);
    }

    [Theory]
    [InlineData("a/b", "U+002F, which stands at index 1")]
    [InlineData("a\\b", "U+005C, which stands at index 1")]
    [InlineData("#", "U+0023, which stands at index 0")]
    [InlineData("why?", "U+003F, which stands at index 3")]
    [InlineData("tab\t", "U+0009, which stands at index 3")]
    [InlineData("\u0085", "U+0085, which stands at index 0")]
    [InlineData("\u007f", "U+007F, which stands at index 0")]
    public async Task Keys_with_forbidden_characters_are_refused_before_the_request(string key, string expected)
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName("absent"));

        var inRow = await Assert.ThrowsAsync<ArgumentException>(() => table.AddEntityAsync(new TableEntity("p", key), Cancellation));
        var inPartition = await Assert.ThrowsAsync<ArgumentException>(
            () => table.GetEntityAsync<TableEntity>(key, "r", cancellationToken: Cancellation));
        var inTransaction = await Assert.ThrowsAsync<ArgumentException>(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, new TableEntity("p", key))], Cancellation));

        Assert.All([inRow, inPartition, inTransaction], exception => Assert.Contains(expected, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_with_half_a_character_or_too_many_is_refused_before_the_request()
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName("absent"));

        await Assert.ThrowsAsync<ArgumentException>(() => table.AddEntityAsync(new TableEntity("p", "🧬"[..1]), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => table.AddEntityAsync(new TableEntity("p", new string('x', 513)), Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.AddEntityAsync(new TableEntity { PartitionKey = "p" }, Cancellation));
    }

    [Fact]
    public async Task The_callers_cancellation_is_passed_on()
    {
        var table = await TestTable.CreateAsync(azurite);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: cancelled.Token));
    }
}
