using DrugResponse.Storage.Batches;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_text_is_read_back_to_the_same_id()
    {
        var id = BatchId.Create(Noon);

        Assert.True(BatchId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
        Assert.Equal(Noon, read.CreatedAt);
    }

    [Fact]
    public void Newer_ids_sort_first()
    {
        var ids = new[] { Noon.AddTicks(1), Noon.AddYears(20), Noon.AddTicks(2), Noon }.Select(BatchId.Create);

        Assert.Equal(
            [Noon.AddYears(20), Noon.AddTicks(2), Noon.AddTicks(1), Noon],
            ids.OrderBy(static id => id.ToString(), StringComparer.Ordinal).Select(static id => id.CreatedAt));
    }

    [Fact]
    public void Ids_of_one_instant_differ() => Assert.NotEqual(BatchId.Create(Noon), BatchId.Create(Noon));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("ffffffffffffffff0000000000000000")]
    [InlineData("22f1f2fd1d77e000000000000000000")]
    [InlineData("22F1F2FD1D77E0000000000000000000")]
    [InlineData("22f1f2fd1d77e000000000000000000g")]
    [InlineData(" 2f1f2fd1d77e0000000000000000000")]
    public void Other_text_is_no_id(string? text) => Assert.False(BatchId.TryParse(text, out _));

    [Fact]
    public void The_default_value_cannot_be_used() => Assert.Throws<InvalidOperationException>(() => default(BatchId).ToString());

    [Fact]
    public void The_id_of_a_row_is_read_back()
    {
        var id = new BatchRowId(BatchId.Create(Noon), 12, 12_345);

        Assert.True(BatchRowId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("22f1f2fd1d77e0000000000000000000")]
    [InlineData("22f1f2fd1d77e0000000000000000000.1")]
    [InlineData("22f1f2fd1d77e0000000000000000000.1.01")]
    [InlineData("22f1f2fd1d77e0000000000000000000.1.-1")]
    [InlineData("22f1f2fd1d77e0000000000000000000.1.2.3")]
    [InlineData("22f1f2fd1d77e0000000000000000000..2")]
    [InlineData("x.1.2")]
    public void Other_text_is_no_id_of_a_row(string text) => Assert.False(BatchRowId.TryParse(text, out _));
}
