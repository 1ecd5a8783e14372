using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Uploads whose reading does not come to an end.</summary>
public sealed class UploadFaultTests(QuietStorage storage) : IClassFixture<QuietStorage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_is_never_read_to_its_end_ends_as_a_failed_batch()
    {
        var reads = new UploadReads { Failure = new InvalidOperationException("A fault of the service.") };
        await using var app = await StartAsync(reads);
        var batch = await SubmitAsync(app);

        for (var delivery = 0; delivery < 8 && (await batch.ReadAsync()).State == BatchStates.Accepted; delivery++)
            await batch.TryControlAsync();

        var status = await app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Failed, 5), (status.State, reads.Begun));
        Assert.Equal("The upload could not be read to its end.", status.Problem!.Title);
    }

    [Fact]
    public async Task An_outage_while_an_upload_is_read_fails_no_batch_however_often_it_is_met()
    {
        var reads = new UploadReads { Failure = new RequestFailedException(503, "Storage is away.") };
        await using var app = await StartAsync(reads);
        var batch = await SubmitAsync(app);

        for (var delivery = 0; delivery < 8; delivery++)
            await batch.TryControlAsync();
        reads.Failure = null;
        await batch.ControlAsync();
        batch = await HandDelivery.OfAsync(app, batch.BatchId);
        await batch.DeliverAllAsync();
        await batch.ControlAsync();

        var status = await app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Completed, new BatchRowCounts(3, 3, 0)), (status.State, status.Rows));
    }

    private static async Task<HandDelivery> SubmitAsync(WholeApp app)
    {
        var upload = BatchId.Create(app.Clock.GetUtcNow());
        await app.Service<StorageSetup>().Done;
        await app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchUploadStore.ContainerName)
            .GetBlobClient($"{app.Tenant}/{upload}/upload")
            .UploadAsync(new BinaryData(Cohort.NdJson(3)), Cancellation);
        return await HandDelivery.OfAsync(app, (await app.SubmitAsync([], "text/plain", $"?upload={upload}&input=ndjson")).Status().BatchId);
    }

    private Task<WholeApp> StartAsync(UploadReads reads) => WholeApp.StartReadyAsync(
        storage.ConnectionString,
        services => services.AddSingleton(
            new StorageConnection(new StorageOptions { ConnectionString = storage.ConnectionString, Policies = [reads] })));

    /// <summary>Lets the reading of uploads fail.</summary>
    private sealed class UploadReads : HttpPipelinePolicy
    {
        public Exception? Failure { get; set; }

        public int Begun { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Method == RequestMethod.Get && message.Request.Uri.Path.EndsWith("/upload", StringComparison.Ordinal))
            {
                Begun++;
                if (Failure is not null)
                    throw Failure;
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
