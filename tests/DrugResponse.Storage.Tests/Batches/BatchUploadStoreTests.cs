using Azure;
using Azure.Storage.Blobs.Specialized;
using DrugResponse.Storage.Batches;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchUploadStoreTests(AzuriteFixture azurite)
{
    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();
    private readonly BatchId _upload = BatchId.Create(Sample.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_in_blocks_is_read()
    {
        var store = await CreateStoreAsync();
        var client = new BlockBlobClient(await AddressAsync(store));
        Assert.Null(await store.FindAsync(_tenant, _upload, Cancellation));

        await client.StageBlockAsync("MDE=", new MemoryStream("first "u8.ToArray()), cancellationToken: Cancellation);
        await client.StageBlockAsync("MDI=", new MemoryStream("second"u8.ToArray()), cancellationToken: Cancellation);
        Assert.Null(await store.FindAsync(_tenant, _upload, Cancellation));
        await client.CommitBlockListAsync(["MDE=", "MDI="], cancellationToken: Cancellation);

        var (version, length) = (await store.FindAsync(_tenant, _upload, Cancellation))!.Value;
        Assert.Equal(12, length);
        using var text = new StreamReader((await store.OpenAsync(_tenant, _upload, version, Cancellation))!);
        Assert.Equal("first second", await text.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task An_address_neither_reads_nor_leads_to_another_blob()
    {
        var store = await CreateStoreAsync();
        var address = await AddressAsync(store);
        await new BlockBlobClient(address).UploadAsync(new MemoryStream("x"u8.ToArray()), cancellationToken: Cancellation);
        var elsewhere = new UriBuilder(address) { Path = address.AbsolutePath.Replace(_upload.ToString(), BatchId.Create(Sample.Noon).ToString(), StringComparison.Ordinal) };

        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => new BlockBlobClient(address).DownloadContentAsync(Cancellation))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(
            () => new BlockBlobClient(elsewhere.Uri).UploadAsync(new MemoryStream(), cancellationToken: Cancellation))).Status);
    }

    [Fact]
    public async Task An_expired_address_takes_nothing()
    {
        var store = await CreateStoreAsync();
        var address = await store.CreateAddressAsync(_tenant, _upload, TimeProvider.System.GetUtcNow().AddMinutes(-1), Cancellation);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => new BlockBlobClient(address).UploadAsync(new MemoryStream(), cancellationToken: Cancellation));

        Assert.Equal(403, failure.Status);
    }

    [Fact]
    public async Task A_file_that_changed_or_went_is_not_opened()
    {
        var store = await CreateStoreAsync();
        var client = new BlockBlobClient(await AddressAsync(store));
        await client.UploadAsync(new MemoryStream("x"u8.ToArray()), cancellationToken: Cancellation);
        var (version, _) = (await store.FindAsync(_tenant, _upload, Cancellation))!.Value;

        await client.UploadAsync(new MemoryStream("y"u8.ToArray()), cancellationToken: Cancellation);
        Assert.Null(await store.OpenAsync(_tenant, _upload, version, Cancellation));
        await store.DeleteAsync(_tenant, _upload, Cancellation);
        await store.DeleteAsync(_tenant, _upload, Cancellation);

        Assert.Null(await store.OpenAsync(_tenant, _upload, version, Cancellation));
        Assert.Null(await store.FindAsync(_tenant, _upload, Cancellation));
    }

    [Fact]
    public async Task An_upload_of_another_tenant_is_not_found()
    {
        var store = await CreateStoreAsync();
        await new BlockBlobClient(await AddressAsync(store)).UploadAsync(new MemoryStream("x"u8.ToArray()), cancellationToken: Cancellation);

        Assert.Null(await store.FindAsync(AzuriteFixture.UniqueTenant(), _upload, Cancellation));
    }

    private Task<Uri> AddressAsync(BatchUploadStore store) =>
        store.CreateAddressAsync(_tenant, _upload, TimeProvider.System.GetUtcNow().AddMinutes(5), Cancellation);

    private async Task<BatchUploadStore> CreateStoreAsync() => new((await azurite.ConnectAsync()).Blobs);
}
