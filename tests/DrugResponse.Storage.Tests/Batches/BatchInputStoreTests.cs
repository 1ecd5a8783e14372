using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DrugResponse.Storage.Batches;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchInputStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(3, 10)]
    [InlineData(20, 600_000)]
    public async Task Chunks_are_read_back_by_the_list_of_chunks(int chunks, int chunkBytes)
    {
        var store = await CreateStoreAsync();
        var contents = Enumerable.Range(0, chunks).Select(chunk => RandomBytes(chunk, chunkBytes)).ToArray();

        var input = await WriteAsync(store, contents);

        var index = await store.ReadIndexAsync(input, Cancellation);
        Assert.Equal((10L * chunks, chunks), (input.Rows, input.Chunks));
        Assert.Equal(Enumerable.Range(0, chunks), index.Select(static chunk => chunk.Number));
        Assert.Equal(Enumerable.Range(0, chunks).Select(static chunk => 10L * chunk), index.Select(static chunk => chunk.FirstRow));
        foreach (var (chunk, content) in index.Zip(contents))
            Assert.Equal(content, await store.ReadAsync(input.Blob, chunk.Offset, chunk.Length, Cancellation));
    }

    [Fact]
    public async Task Nothing_is_to_be_seen_before_the_commit_and_nothing_is_left_when_it_never_comes()
    {
        var store = await CreateStoreAsync();
        var writer = store.Create(_tenant, BatchId.Create(Noon));
        for (var chunk = 0; chunk < 8; chunk++)
            await writer.AddAsync(RandomBytes(chunk, 1_000_000), 10, Cancellation);
        Assert.Empty(await BlobsAsync(BlobStates.None));
        Assert.NotEmpty(await BlobsAsync(BlobStates.Uncommitted));

        await writer.DisposeAsync();

        Assert.Empty(await BlobsAsync(BlobStates.Uncommitted));
    }

    [Fact]
    public async Task A_committed_input_stays_when_its_writer_goes()
    {
        var store = await CreateStoreAsync();

        var input = await WriteAsync(store, ["content"u8.ToArray()]);

        Assert.Equal([input.Blob], await BlobsAsync(BlobStates.Uncommitted));
    }

    [Fact]
    public async Task The_content_does_not_lie_open()
    {
        var store = await CreateStoreAsync();
        var input = await WriteAsync(store, [Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("MRN-0042 ", 100)))]);

        var blob = (await azurite.ConnectAsync()).Blobs.GetBlobContainerClient(BatchInputStore.ContainerName).GetBlobClient(input.Blob);
        var stored = (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToMemory();

        Assert.Equal(-1, stored.Span.IndexOf("MRN"u8));
        Assert.InRange(stored.Length, 1, 400);
    }

    [Fact]
    public async Task A_removed_input_is_not_found()
    {
        var store = await CreateStoreAsync();
        var input = await WriteAsync(store, ["content"u8.ToArray()]);

        await store.DeleteAsync(input.Blob, Cancellation);
        await store.DeleteAsync(input.Blob, Cancellation);

        await Assert.ThrowsAsync<FileNotFoundException>(() => store.ReadIndexAsync(input, Cancellation));
    }

    private static byte[] RandomBytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private async Task<BatchInput> WriteAsync(BatchInputStore store, IEnumerable<byte[]> contents)
    {
        await using var writer = store.Create(_tenant, BatchId.Create(Noon));
        foreach (var content in contents)
            await writer.AddAsync(content, 10, Cancellation);
        return await writer.CommitAsync(Cancellation);
    }

    private async Task<IReadOnlyList<string>> BlobsAsync(BlobStates states)
    {
        var names = new List<string>();
        var container = (await azurite.ConnectAsync()).Blobs.GetBlobContainerClient(BatchInputStore.ContainerName);
        await foreach (var blob in container.GetBlobsAsync(states: states, prefix: $"{_tenant}/", cancellationToken: Cancellation))
            names.Add(blob.Name);
        return names;
    }

    private async Task<BatchInputStore> CreateStoreAsync() => new((await azurite.ConnectAsync()).Blobs, Sample.Seal);
}
