using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Tables;

public sealed class TableEntityTypesTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<object> Values { get; } = new((object[])
    [
        string.Empty,
        "plain",
        "quotes \" and ' and \\ and / and </script>",
        "line\r\nbreaks\u2028of\u2029all kinds\tand \0 nul",
        "Grüße 患者 🧬 \u200f\ufeff",
        "--changeset_x\r\nPOST http://127.0.0.1/a HTTP/1.1\r\n\r\n{}",
        new string('ü', TableEntityLimits.Characters),
        true,
        false,
        0,
        -1,
        int.MinValue,
        int.MaxValue,
        0L,
        -1L,
        long.MinValue,
        long.MaxValue,
        (1L << 53) + 1,
        0.0,
        1.0,
        -3.0,
        0.1,
        -1.5e-300,
        1e21,
        123456789012345680.0,
        double.Epsilon,
        double.MaxValue,
        double.MinValue,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567),
        DateTimeOffset.MaxValue,
        Guid.Empty,
        new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Array.Empty<byte>(),
        new byte[] { 0, 1, 254, 255 },
        Enumerable.Range(0, TableEntityLimits.Bytes).Select(index => (byte)index).ToArray(),
    ]);

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Every_type_comes_back_as_it_was_written(object value)
    {
        var table = await TestTable.CreateAsync(azurite);

        await table.AddEntityAsync(new TableEntity("p", "added") { ["Value"] = value }, Cancellation);
        await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("p", "transacted") { ["Value"] = value }),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "upserted") { ["Value"] = value }),
            ],
            Cancellation);

        var read = await table.GetEntityAsync<TableEntity>("p", "added", cancellationToken: Cancellation);
        Assert.Equal(value, read.Value["Value"]);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            Assert.Equal(value, row["Value"]);
    }

    [Fact]
    public async Task An_instant_is_stored_in_utc()
    {
        var table = await TestTable.CreateAsync(azurite);
        var instant = new DateTimeOffset(2026, 11, 20, 13, 30, 0, TimeSpan.FromHours(5.5));

        await table.AddEntityAsync(new TableEntity("p", "r") { ["At"] = instant }, Cancellation);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.GetDateTimeOffset("At");
        Assert.Equal((instant, TimeSpan.Zero), (read!.Value, read.Value.Offset));
    }

    [Fact]
    public async Task Binary_data_is_stored_like_bytes_and_null_is_not_stored()
    {
        var table = await TestTable.CreateAsync(azurite);

        await table.AddEntityAsync(
            new TableEntity("p", "r") { ["Bytes"] = BinaryData.FromBytes(new byte[] { 1, 2, 3 }.AsMemory(1)), ["Nothing"] = null! }, Cancellation);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;
        Assert.Equal([2, 3], read.GetBinary("Bytes"));
        Assert.False(read.ContainsKey("Nothing"));
    }

    public static TheoryData<object, string> Refused { get; } = new()
    {
        { new string('x', TableEntityLimits.Characters + 1), "The property Secret has 32769 characters" },
        { new byte[TableEntityLimits.Bytes + 1], "The property Secret has 65537 bytes" },
        { BinaryData.FromBytes(new byte[TableEntityLimits.Bytes + 1]), "The property Secret has 65537 bytes" },
        { new DateTimeOffset(1600, 12, 31, 23, 59, 59, TimeSpan.Zero), "The property Secret lies before 1601" },
        { 1.5m, "The property Secret has the type System.Decimal" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task A_value_that_cannot_be_stored_is_refused_before_the_request(object value, string expected)
    {
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.UniqueName("absent"));

        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => table.AddEntityAsync(new TableEntity("p", "r") { ["Secret"] = value }, Cancellation));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_getter_of_another_type_says_so_and_names_no_value()
    {
        var entity = new TableEntity("p", "r") { ["Secret"] = "rs9923231" };

        var exception = Assert.Throws<InvalidOperationException>(() => entity.GetInt32("Secret"));

        Assert.Equal("The property Secret holds a value of type String.", exception.Message);
    }

    private static class TableEntityLimits
    {
        public const int Characters = 32_768;
        public const int Bytes = 65_536;
    }
}
