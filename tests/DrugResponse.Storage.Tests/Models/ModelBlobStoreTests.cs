using Azure;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Models;

namespace DrugResponse.Storage.Tests.Models;

/// <summary>
/// The container's name is fixed, so these tests have an emulator of their own and run one after the other, each from empty.
/// </summary>
public sealed class ModelBlobStoreTests : IAsyncLifetime
{
    private AzuriteEmulator? _emulator;
    private BlobServiceClient? _blobs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ModelBlobStore Store => new(_blobs!);

    public async ValueTask InitializeAsync()
    {
        _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        _blobs = new BlobServiceClient(_emulator.ConnectionString);
        await _blobs.CreateBlobContainerAsync(ModelBlobStore.ContainerName, cancellationToken: Cancellation);
    }

    public ValueTask DisposeAsync() => _emulator?.DisposeAsync() ?? default;

    [Fact]
    public async Task Serves_the_registry_by_version_and_files_by_path()
    {
        Assert.True(await Store.IsEmptyAsync(Cancellation));
        Assert.Equal(ModelRegistryState.Absent, (await Store.ReadRegistryAsync(cancellationToken: Cancellation)).State);

        await Store.UploadAsync(ModelBlobStore.RegistryPath, "{}"u8.ToArray(), Cancellation);
        var first = await Store.ReadRegistryAsync(cancellationToken: Cancellation);
        var unchanged = await Store.ReadRegistryAsync(first.ETag, Cancellation);
        await Store.UploadAsync(ModelBlobStore.RegistryPath, "{\"v\":2}"u8.ToArray(), Cancellation);
        var second = await Store.ReadRegistryAsync(first.ETag, Cancellation);

        Assert.False(await Store.IsEmptyAsync(Cancellation));
        Assert.Equal(ModelRegistryState.Changed, first.State);
        Assert.Equal("{}"u8.ToArray(), first.Content.ToArray());
        Assert.Equal(ModelRegistryState.Unchanged, unchanged.State);
        Assert.Equal(ModelRegistryState.Changed, second.State);
        Assert.Equal("{\"v\":2}"u8.ToArray(), second.Content.ToArray());
        Assert.NotEqual(first.ETag, second.ETag);
    }

    [Fact]
    public async Task Downloads_up_to_the_cap_and_no_further()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        await Store.UploadAsync("warfarin/dose/1.0.0/model.zip", content, Cancellation);

        Assert.Equal(content, (await Store.DownloadAsync("warfarin/dose/1.0.0/model.zip", content.Length, Cancellation)).Content);
        var exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => Store.DownloadAsync("warfarin/dose/1.0.0/model.zip", content.Length - 1, Cancellation));

        Assert.Contains("3000000 bytes; at most 2999999", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_the_version_of_every_file_which_changes_when_it_is_written_again()
    {
        await Store.UploadAsync("warfarin/dose/1.0.0/model.zip", new byte[] { 1 }, Cancellation);
        await Store.UploadAsync("warfarin/dose/1.0.0/card.json", new byte[] { 2 }, Cancellation);
        var before = await Store.ListAsync(Cancellation);
        await Store.UploadAsync("warfarin/dose/1.0.0/model.zip", new byte[] { 1 }, Cancellation);

        var after = await Store.ListAsync(Cancellation);

        Assert.Equal(["warfarin/dose/1.0.0/card.json", "warfarin/dose/1.0.0/model.zip"], after.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(before["warfarin/dose/1.0.0/card.json"], after["warfarin/dose/1.0.0/card.json"]);
        Assert.NotEqual(before["warfarin/dose/1.0.0/model.zip"], after["warfarin/dose/1.0.0/model.zip"]);
        var file = await Store.DownloadAsync("warfarin/dose/1.0.0/model.zip", 10, Cancellation);
        Assert.Equal(after["warfarin/dose/1.0.0/model.zip"], file.ETag);
    }

    [Fact]
    public async Task A_file_is_added_once_and_then_stays()
    {
        const string Path = "warfarin/dose/1.0.0/model.zip";

        Assert.True(await Store.TryAddAsync(Path, new byte[] { 1 }, Cancellation));
        Assert.False(await Store.TryAddAsync(Path, new byte[] { 2 }, Cancellation));

        Assert.Equal([1], (await Store.DownloadAsync(Path, 10, Cancellation)).Content);
        await Assert.ThrowsAsync<ArgumentException>("path", () => Store.TryAddAsync("../x", default, Cancellation));
    }

    [Fact]
    public async Task The_registry_is_replaced_only_while_it_is_the_one_that_was_read()
    {
        Assert.True(await Store.TryReplaceRegistryAsync("{}"u8.ToArray(), default, Cancellation));
        Assert.False(await Store.TryReplaceRegistryAsync("{\"v\":0}"u8.ToArray(), default, Cancellation));
        var first = await Store.ReadRegistryAsync(cancellationToken: Cancellation);
        Assert.True(await Store.TryReplaceRegistryAsync("{\"v\":2}"u8.ToArray(), first.ETag, Cancellation));
        Assert.False(await Store.TryReplaceRegistryAsync("{\"v\":3}"u8.ToArray(), first.ETag, Cancellation));

        Assert.Equal("{\"v\":2}"u8.ToArray(), (await Store.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray());
    }

    [Fact]
    public async Task A_registry_that_is_gone_is_another_one_than_was_read()
    {
        await Store.UploadAsync(ModelBlobStore.RegistryPath, "{}"u8.ToArray(), Cancellation);
        var read = await Store.ReadRegistryAsync(cancellationToken: Cancellation);
        await _blobs!
            .GetBlobContainerClient(ModelBlobStore.ContainerName)
            .DeleteBlobAsync(ModelBlobStore.RegistryPath, cancellationToken: Cancellation);

        Assert.False(await Store.TryReplaceRegistryAsync("{}"u8.ToArray(), read.ETag, Cancellation));
    }

    [Fact]
    public async Task Without_a_container_a_write_is_an_error_and_no_conflict()
    {
        await _blobs!.DeleteBlobContainerAsync(ModelBlobStore.ContainerName, cancellationToken: Cancellation);

        await Assert.ThrowsAsync<RequestFailedException>(() => Store.TryAddAsync("a.zip", new byte[] { 1 }, Cancellation));
        await Assert.ThrowsAsync<RequestFailedException>(() => Store.TryReplaceRegistryAsync(new byte[] { 1 }, default, Cancellation));
    }

    [Fact]
    public async Task An_absent_file_and_an_absent_container_are_told_apart()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.DownloadAsync("absent.zip", 10, Cancellation));

        await _blobs!.DeleteBlobContainerAsync(ModelBlobStore.ContainerName, cancellationToken: Cancellation);

        await Assert.ThrowsAsync<RequestFailedException>(() => Store.DownloadAsync("absent.zip", 10, Cancellation));
        await Assert.ThrowsAsync<RequestFailedException>(() => Store.ReadRegistryAsync(cancellationToken: Cancellation));
    }
}
