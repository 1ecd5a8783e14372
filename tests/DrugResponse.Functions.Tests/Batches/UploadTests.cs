using System.Net;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Inputs that are too large for one request.</summary>
public sealed class UploadTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task An_upload_becomes_the_batch(string format)
    {
        var upload = await UploadAsync(format switch { "csv" => Cohort.Csv(23), "json" => Cohort.Json(23), _ => Cohort.NdJson(23) });

        var accepted = await SubmitAsync(upload, format);

        Assert.Equal((BatchStates.Accepted, null), (accepted.Status().State, accepted.Status().Rows.Total));
        var end = await _app.EndAsync(accepted.Status().BatchId);
        Assert.Equal((BatchStates.Completed, new BatchRowCounts(23, 23, 0)), (end.State, end.Rows));
        Assert.Equal(Enumerable.Range(0, 23).Select(Cohort.Id), (await _app.ResultsAsync(end.BatchId)).Select(static line => (string)line["rowId"]!));
        Assert.Null(await _app.Service<BatchUploadStore>().FindAsync(_app.Tenant, BatchId.Parse(upload), Cancellation));
    }

    [Fact]
    public async Task Gzip_may_be_uploaded()
    {
        var upload = await UploadAsync(Input.Frames.GZip(Encoding.UTF8.GetBytes(Cohort.NdJson(12))));

        Assert.Equal(12, (await _app.EndAsync((await SubmitAsync(upload, "ndjson")).Status().BatchId)).Rows.Done);
    }

    [Fact]
    public async Task An_upload_that_is_no_batch_fails_with_its_problem()
    {
        var upload = await UploadAsync("rowId,patient.wieghtKg\na,1\n");

        var end = await _app.EndAsync((await SubmitAsync(upload, "csv")).Status().BatchId);

        Assert.Equal(BatchStates.Failed, end.State);
        Assert.Equal(ProblemTypes.InvalidContent, end.Problem!.Type);
        Assert.Equal(["/header/1"], end.Problem.Errors!.Keys);
        Assert.Empty(await _app.ResultsAsync(end.BatchId));
    }

    [Fact]
    public async Task Nothing_uploaded_is_refused()
    {
        var upload = await NewUploadAsync();

        (await SubmitAsync(upload.UploadId, "csv")).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    [Fact]
    public async Task An_upload_that_is_submitted_again_with_its_key_is_the_same_batch()
    {
        var upload = await UploadAsync(Cohort.NdJson(5));
        var first = (await SubmitAsync(upload, "ndjson", "upload-1")).Status();
        await _app.EndAsync(first.BatchId);

        var second = await SubmitAsync(upload, "ndjson", "upload-1");
        var other = await SubmitAsync(await UploadAsync(Cohort.NdJson(5)), "ndjson", "upload-1");
        var otherFormat = await SubmitAsync(upload, "csv", "upload-1");

        Assert.Equal(first.BatchId, second.Status().BatchId);
        other.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.IdempotencyKeyReused);
        otherFormat.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.IdempotencyKeyReused);
    }

    [Fact]
    public async Task More_than_an_upload_may_have_is_refused()
    {
        // A block may stand in a blob any number of times.
        var id = BatchId.Create(_app.Clock.GetUtcNow());
        var client = await UploadClientAsync(id);
        await client.StageBlockAsync("MDE=", new MemoryStream(new byte[4 * 1024 * 1024]), cancellationToken: Cancellation);
        await client.CommitBlockListAsync(Enumerable.Repeat("MDE=", 513), cancellationToken: Cancellation);

        var problem = (await SubmitAsync(id.ToString(), "csv")).AssertProblem(HttpStatusCode.RequestEntityTooLarge, ProblemTypes.BodyTooLarge);

        Assert.Equal("The limit is 2147483648 bytes.", problem.Detail);
    }

    [Fact]
    public async Task An_address_says_how_long_and_how_much()
    {
        var upload = await NewUploadAsync();

        Assert.Equal(_app.Clock.GetUtcNow().AddHours(4), upload.ExpiresAt, TimeSpan.FromMinutes(1));
        Assert.Equal(2L * 1024 * 1024 * 1024, upload.MaxBytes);
    }

    private Task<Answer> SubmitAsync(string upload, string format, string? idempotencyKey = null) =>
        _app.SubmitAsync([], "application/octet-stream", $"?upload={upload}&input={format}", idempotencyKey);

    private Task<string> UploadAsync(string content) => UploadAsync(Encoding.UTF8.GetBytes(content));

    private async Task<string> UploadAsync(byte[] content)
    {
        var id = BatchId.Create(_app.Clock.GetUtcNow());
        var client = await UploadClientAsync(id);
        await client.StageBlockAsync("MDE=", new MemoryStream(content), cancellationToken: Cancellation);
        await client.CommitBlockListAsync(["MDE="], cancellationToken: Cancellation);
        return id.ToString();
    }

    private async Task<BlockBlobClient> UploadClientAsync(BatchId id)
    {
        // The emulator looks at its own clock, not at the app's.
        var address = await _app.Service<BatchUploadStore>()
            .CreateAddressAsync(_app.Tenant, id, TimeProvider.System.GetUtcNow().AddMinutes(5), Cancellation);
        return new BlockBlobClient(address);
    }

    private async Task<BatchUpload> NewUploadAsync()
    {
        var answer = await _app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/batches/uploads"));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return System.Text.Json.JsonSerializer.Deserialize(answer.Bytes, Contracts.ContractsJsonContext.Wire.BatchUpload)!;
    }
}
