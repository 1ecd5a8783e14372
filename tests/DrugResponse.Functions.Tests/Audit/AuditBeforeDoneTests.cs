using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Queues;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Functions.Tests.Audit;

/// <summary>What a queue asks for counts as done only once it is written down.</summary>
public sealed class AuditBeforeDoneTests(QuietStorage storage) : IClassFixture<QuietStorage>
{
    private const int Overdue = 20_000;

    // Long enough for the work itself, of which nothing is to be seen.
    private static readonly TimeSpan ForTheWork = TimeSpan.FromSeconds(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_is_not_done_before_it_is_written_down()
    {
        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(3));

        await using var trail = await UnwritableTrail.MakeAsync(app);
        var delivery = batch.DeliverAsync(0);
        await Task.WhenAny(delivery, Task.Delay(ForTheWork, Cancellation));
        var (isDelivered, done) = (delivery.IsCompleted, (await app.StatusAsync(batch.BatchId)).Rows.Done);
        await trail.DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, (await delivery).Status);
        Assert.Equal((false, 0L), (isDelivered, (long)done));
        Assert.Equal(3, (await app.StatusAsync(batch.BatchId)).Rows.Done);
        Assert.Single(await EntriesAsync(app, "ScoreBatchChunk", "scored"));
    }

    [Fact]
    public async Task A_row_that_is_given_up_is_written_down()
    {
        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(1));

        await batch.DeliverAsync(0, dequeueCount: 5);

        var entry = Assert.Single(await EntriesAsync(app, "ScoreBatchChunk", "given up"));
        Assert.Equal(($"{batch.BatchId}/0", 1L), ((string?)entry["resource"], (long)entry["count"]!));
    }

    [Fact]
    public async Task The_body_of_a_queued_request_stays_until_its_prediction_is_written_down()
    {
        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/predictions") { Content = WholeApp.Json(Body.Warfarin().Utf8) };
        request.Headers.Add("Prefer", "respond-async");
        var id = (string)(await app.SendAsync(request)).Json["predictionId"]!;

        await using var trail = await UnwritableTrail.MakeAsync(app);
        var delivery = app.DeliverAsync(MessageOf(app, id), "message");
        await Task.WhenAny(delivery, Task.Delay(ForTheWork, Cancellation));
        var (isDelivered, isThere) = (delivery.IsCompleted, (await BlobOf(app, id).ExistsAsync(Cancellation)).Value);
        await trail.DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, (await delivery).Status);
        Assert.Equal((false, true), (isDelivered, isThere));
        Assert.False(await BlobOf(app, id).ExistsAsync(Cancellation));
        Assert.Single(await EntriesAsync(app, "ScoreQueuedPatient", "201"));
    }

    [Fact]
    public async Task While_too_much_waits_to_be_written_down_chunks_and_requests_are_put_off()
    {
        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);
        var batch = await HandDelivery.SubmitAsync(app, Cohort.NdJson(1));
        await app.TakeChunkMessagesAsync(batch.BatchId);

        await using var trail = await UnwritableTrail.MakeAsync(app);
        for (var i = 0; i < Overdue + 2000; i++)
            app.Service<AuditTrail>().Record(app.Tenant, new AuditEntry { At = WholeApp.Start, Who = "system", Action = "Test", Outcome = "done" });
        var chunk = await batch.DeliverAsync(0);
        var request = await app.DeliverAsync(Body.Warfarin().Utf8, "message");
        await trail.DisposeAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (chunk.Status, request.Status));
        await app.Service<AuditTrail>().FlushAsync(Cancellation);
        Assert.Equal(0, (await app.StatusAsync(batch.BatchId)).Rows.Done);
        await Testing.Eventually.TrueAsync(
            async () => (await app.TakeChunkMessagesAsync(batch.BatchId)).Count == 1, "the chunk comes again later");
    }

    private static byte[] MessageOf(WholeApp app, string id) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["v"] = 1,
        ["tenant"] = app.Tenant.ToString(),
        ["requestId"] = id,
        ["blob"] = $"{app.Tenant}/{id}",
    }.ToJsonString());

    private static BlobClient BlobOf(WholeApp app, string id) =>
        app.Service<StorageConnection>().Blobs.GetBlobContainerClient(QueuedRequestStore.ContainerName).GetBlobClient($"{app.Tenant}/{id}");

    private static async Task<IReadOnlyList<JsonNode>> EntriesAsync(WholeApp app, string action, string outcome)
    {
        var page = await app.GetAsync("v1/audit");
        return
        [
            .. page.Json["entries"]!.AsArray().OfType<JsonNode>()
                .Where(entry => (string?)entry["action"] == action && (string?)entry["outcome"] == outcome),
        ];
    }

    // Everything else in storage answers meanwhile.
    private sealed class UnwritableTrail : IAsyncDisposable
    {
        private readonly TableClient _table;
        private bool _isBack;

        private UnwritableTrail(TableClient table) => _table = table;

        public static async Task<UnwritableTrail> MakeAsync(WholeApp app)
        {
            await app.Service<AuditTrail>().FlushAsync(Cancellation);
            var table = app.Service<StorageConnection>().Tables.GetTableClient(AuditStore.TableName);
            await table.DeleteAsync(Cancellation);
            return new UnwritableTrail(table);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_isBack)
                await _table.CreateIfNotExistsAsync(Cancellation);
            _isBack = true;
        }
    }
}
