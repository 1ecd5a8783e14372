using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs.Specialized;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Development;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Uploads in an account of their own, which callers reach while the app's is closed to them.</summary>
public sealed class UploadStorageTests(QuietStorage own) : IClassFixture<QuietStorage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_lies_in_the_account_for_uploads_until_it_is_read()
    {
        await using var other = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await StartAsync(other);
        var connection = app.Service<StorageConnection>();

        var answer = await app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/batches/uploads"));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var given = JsonSerializer.Deserialize(answer.Bytes, Contracts.ContractsJsonContext.Wire.BatchUpload)!;
        Assert.Equal(connection.UploadBlobs.Uri.Authority, new Uri(given.Address).Authority);
        Assert.NotEqual(connection.Blobs.Uri.Authority, connection.UploadBlobs.Uri.Authority);

        var (upload, blob) = await UploadAsync(app);
        Assert.True(await blob.ExistsAsync(Cancellation));
        var batch = await HandDelivery.OfAsync(app, (await app.SubmitAsync([], "text/plain", $"?upload={upload}&input=ndjson")).Status().BatchId);
        await batch.ControlAsync();
        batch = await HandDelivery.OfAsync(app, batch.BatchId);
        await batch.DeliverAllAsync();
        await batch.ControlAsync();

        var status = await app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Completed, new BatchRowCounts(3, 3, 0)), (status.State, status.Rows));
        Assert.False(await blob.ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task An_upload_that_nobody_submitted_is_removed_from_there()
    {
        await using var other = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await StartAsync(other);
        var (_, blob) = await UploadAsync(app);

        var removed = new RemovalCount();
        await app.Service<BatchRemoval>()
            .RemoveOrphansAsync((tenant, _, _) => !tenant.Equals(app.Tenant), app.Clock.GetUtcNow().AddMinutes(1), removed, Cancellation);

        Assert.Equal(1, removed.ByTenant[app.Tenant]);
        Assert.False(await blob.ExistsAsync(Cancellation));
    }

    private async Task<WholeApp> StartAsync(AzuriteEmulator other)
    {
        var app = await WholeApp.StartReadyAsync(
            own.ConnectionString, $"DrugResponse:Batches:UploadStorage:ConnectionString={other.ConnectionString}");
        await app.Service<StorageSetup>().Done;
        return app;
    }

    // The emulator looks at its own clock, not at the app's.
    private static async Task<(BatchId Upload, BlockBlobClient Blob)> UploadAsync(WholeApp app)
    {
        var upload = BatchId.Create(app.Clock.GetUtcNow());
        var address = await app.Service<BatchUploadStore>()
            .CreateAddressAsync(app.Tenant, upload, TimeProvider.System.GetUtcNow().AddMinutes(5), Cancellation);
        await new BlockBlobClient(address).UploadAsync(new BinaryData(Cohort.NdJson(3)).ToStream(), cancellationToken: Cancellation);
        var container = app.Service<StorageConnection>().UploadBlobs.GetBlobContainerClient(BatchUploadStore.ContainerName);
        return (upload, container.GetBlockBlobClient($"{app.Tenant}/{upload}/upload"));
    }
}
