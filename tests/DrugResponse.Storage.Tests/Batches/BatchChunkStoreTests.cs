using DrugResponse.Storage.Batches;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchChunkStoreTests(AzuriteFixture azurite)
{
    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();
    private readonly BatchId _batch = BatchId.Create(Sample.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_is_read_as_it_was_set()
    {
        var store = await CreateStoreAsync();
        var part = Sample.Part(3, 100, 200, firstRow: 1300, failed: 7, "tally"u8.ToArray());

        await store.SetAsync(_tenant, _batch, part, Cancellation);

        var read = Assert.Single(await ListAsync(store, withTally: true));
        Assert.Equal("tally"u8, read.Tally.Span);
        Assert.Equal(part with { Tally = read.Tally }, read);
        Assert.Equal(part with { Tally = default }, Assert.Single(await ListAsync(store)));
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public async Task Long_tallies_are_kept_whole(int length)
    {
        var store = await CreateStoreAsync();
        var (bytes, others) = (new byte[length], new byte[length]);
        new Random(1).NextBytes(bytes);
        new Random(2).NextBytes(others);

        await store.SetAsync(_tenant, _batch, Sample.Part(0, 0, 500, 0, tally: bytes), Cancellation);
        await store.SetAsync(_tenant, _batch, Sample.Part(0, 500, 1000, 0, tally: others), Cancellation);

        var parts = await ListAsync(store, withTally: true);
        Assert.Equal(bytes, parts[0].Tally.ToArray());
        Assert.Equal(others, parts[1].Tally.ToArray());
    }

    [Fact]
    public async Task Setting_a_part_twice_counts_it_once()
    {
        var store = await CreateStoreAsync();

        await store.SetAsync(_tenant, _batch, Sample.Part(0, 0, 10, 10, failed: 2), Cancellation);
        await store.SetAsync(_tenant, _batch, Sample.Part(0, 0, 10, 10, failed: 1), Cancellation);

        Assert.Equal(new BatchCounts(10, 1), (await store.SumAsync(_tenant, _batch, Cancellation)).Counts);
    }

    [Fact]
    public async Task Parts_come_in_the_order_of_the_input_and_add_up()
    {
        var store = await CreateStoreAsync();
        foreach (var (chunk, from, to) in new[] { (2, 0, 10), (0, 5, 10), (10, 0, 4), (0, 0, 5), (1, 0, 10) })
            await store.SetAsync(_tenant, _batch, Sample.Part(chunk, from, to, 10, failed: 1), Cancellation);

        var parts = await ListAsync(store);
        var sum = await store.SumAsync(_tenant, _batch, Cancellation);

        Assert.Equal(
            [new BatchPart(0, 0, 5), new BatchPart(0, 5, 10), new BatchPart(1, 0, 10), new BatchPart(2, 0, 10), new BatchPart(10, 0, 4)],
            parts.Select(static part => part.Part));
        Assert.Equal(new BatchProgress(new BatchCounts(34, 5), Sample.Noon.AddSeconds(10)), sum);
    }

    [Fact]
    public async Task A_part_within_another_one_counts_for_nothing()
    {
        var store = await CreateStoreAsync();
        foreach (var (chunk, from, to) in new[] { (0, 0, 8), (0, 0, 4), (0, 4, 8), (0, 4, 6), (1, 0, 4), (1, 4, 8), (1, 4, 6), (2, 0, 2) })
            await store.SetAsync(_tenant, _batch, Sample.Part(chunk, from, to, 8, failed: 1), Cancellation);

        Assert.Equal(
            [new BatchPart(0, 0, 8), new BatchPart(1, 0, 4), new BatchPart(1, 4, 8), new BatchPart(2, 0, 2)],
            (await ListAsync(store)).Select(static part => part.Part));
        Assert.Equal(new BatchCounts(18, 4), (await store.SumAsync(_tenant, _batch, Cancellation)).Counts);
    }

    [Fact]
    public async Task Only_a_part_that_was_set_is_done()
    {
        var store = await CreateStoreAsync();
        await store.SetAsync(_tenant, _batch, Sample.Part(0, 0, 10, 10), Cancellation);

        Assert.True(await store.IsDoneAsync(_tenant, _batch, new BatchPart(0, 0, 10), Cancellation));
        Assert.False(await store.IsDoneAsync(_tenant, _batch, new BatchPart(0, 0, 5), Cancellation));
        Assert.False(await store.IsDoneAsync(_tenant, _batch, new BatchPart(1, 0, 10), Cancellation));
        Assert.False(await store.IsDoneAsync(AzuriteFixture.UniqueTenant(), _batch, new BatchPart(0, 0, 10), Cancellation));
    }

    [Fact]
    public async Task Nothing_done_sums_up_to_nothing()
    {
        var store = await CreateStoreAsync();

        Assert.Equal(new BatchProgress(new BatchCounts(0, 0), null), await store.SumAsync(_tenant, _batch, Cancellation));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1001)]
    public async Task Removal_takes_all_parts_of_the_batch_and_no_other(int chunks)
    {
        var store = await CreateStoreAsync();
        var other = BatchId.Create(Sample.Noon);
        await store.SetAsync(_tenant, other, Sample.Part(0, 0, 10, 10), Cancellation);
        await Parallel.ForAsync(0, chunks, Cancellation, async (chunk, token) =>
            await store.SetAsync(_tenant, _batch, Sample.Part(chunk, 0, 10, 10), token));

        Assert.Equal(chunks, await store.DeleteAsync(_tenant, _batch, Cancellation));

        Assert.Empty(await ListAsync(store));
        Assert.True(await store.IsDoneAsync(_tenant, other, new BatchPart(0, 0, 10), Cancellation));
    }

    private async Task<IReadOnlyList<BatchPartResult>> ListAsync(BatchChunkStore store, bool withTally = false)
    {
        var parts = new List<BatchPartResult>();
        await foreach (var part in store.ListAsync(_tenant, _batch, withTally, Cancellation))
            parts.Add(part);
        return parts;
    }

    private async Task<BatchChunkStore> CreateStoreAsync()
    {
        var connection = await azurite.ConnectAsync();
        return new BatchChunkStore(connection.Tables, connection.Blobs, Sample.Seal);
    }
}
