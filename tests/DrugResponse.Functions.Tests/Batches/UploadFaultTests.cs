using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
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

    [Fact]
    public async Task Of_an_upload_that_is_submitted_twice_the_first_reading_is_the_batch()
    {
        await using var app = await StartAsync(new UploadReads());
        var upload = await UploadAsync(app);
        var one = await SubmitAsync(app, upload);
        var two = await SubmitAsync(app, upload);

        await one.ControlAsync();
        await two.ControlAsync();
        await two.ControlAsync();

        Assert.Equal(3, (await one.ReadAsync()).Input!.Rows);
        var status = await app.StatusAsync(two.BatchId);
        Assert.NotEqual(one.BatchId, two.BatchId);
        Assert.Equal((BatchStates.Failed, ProblemTypes.UnreadableInput), (status.State, status.Problem!.Type));
    }

    [Fact]
    public async Task An_upload_that_was_changed_after_its_submission_is_not_read()
    {
        await using var app = await StartAsync(new UploadReads());
        var upload = await UploadAsync(app);
        var batch = await SubmitAsync(app, upload);
        await BlobOf(app, upload).UploadAsync(new BinaryData(Cohort.NdJson(4)), overwrite: true, Cancellation);

        await batch.ControlAsync();
        await batch.ControlAsync();

        var status = await app.StatusAsync(batch.BatchId);
        Assert.Equal((BatchStates.Failed, ProblemTypes.UnreadableInput), (status.State, status.Problem!.Type));
        Assert.Contains("changed", status.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_that_a_control_message_meets_again_postpones_it_and_uses_up_no_attempt()
    {
        var reads = new UploadReads { Failure = new RequestFailedException(503, "Storage is away.") };
        await using var app = await StartAsync(reads);
        var batch = await SubmitAsync(app);

        var first = await batch.TryControlAsync();
        var again = await batch.TryControlAsync(dequeueCount: 4);

        Assert.Equal(HttpStatusCode.InternalServerError, first.Status);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Contains(app.Logs.Lines, line => line.Contains($"Batch {batch.BatchId} is looked after again later.", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.Lines, static line => line.Contains("Storage is away.", StringComparison.Ordinal));
        reads.Failure = null;
        await batch.ControlAsync();
        Assert.NotNull((await batch.ReadAsync()).Input);
    }

    private static async Task<HandDelivery> SubmitAsync(WholeApp app) => await SubmitAsync(app, await UploadAsync(app));

    private static async Task<HandDelivery> SubmitAsync(WholeApp app, BatchId upload) =>
        await HandDelivery.OfAsync(app, (await app.SubmitAsync([], "text/plain", $"?upload={upload}&input=ndjson")).Status().BatchId);

    private static async Task<BatchId> UploadAsync(WholeApp app)
    {
        var upload = BatchId.Create(app.Clock.GetUtcNow());
        await app.Service<StorageSetup>().Done;
        await BlobOf(app, upload).UploadAsync(new BinaryData(Cohort.NdJson(3)), Cancellation);
        return upload;
    }

    private static BlobClient BlobOf(WholeApp app, BatchId upload) =>
        app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchUploadStore.ContainerName).GetBlobClient($"{app.Tenant}/{upload}/upload");

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
