using System.Net;
using System.Text;
using Azure.Storage.Blobs.Models;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Testing;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>What is accepted and what is not, on an app that carries nothing out: what is there afterwards comes from the submission alone.</summary>
public sealed class SubmissionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int MaxRows = 50;

    private WholeApp _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await WholeApp.StartReadyAsync(
        azurite.ConnectionString, $"DrugResponse:Batches:ChunkRows={BatchApp.ChunkRows}", $"DrugResponse:Batches:MaxRows={MaxRows}");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_batch_is_safe_and_handed_out_when_it_is_accepted()
    {
        var status = (await _app.SubmitAsync(Cohort.NdJson(25), query: "?name=Trial%207&candidates=codeine&results=csv")).Status();

        Assert.Equal(BatchStates.Running, status.State);
        Assert.Equal(("Trial 7", "csv", new BatchRowCounts(25, 0, 0)), (status.Name, status.ResultsFormat, status.Rows));
        Assert.Equal(["codeine"], status.Candidates);
        Assert.Equal(WholeApp.Start, status.CreatedAt, TimeSpan.FromMinutes(1));
        var batch = (await _app.Service<BatchStore>().GetAsync(_app.Tenant, BatchId.Parse(status.BatchId), Cancellation))!;
        Assert.Equal(3, batch.DispatchedChunks);
        Assert.Equal([batch.Input!.Blob], await BlobsAsync());
        Assert.Equal(3, (await _app.Service<BatchInputStore>().ReadIndexAsync(batch.Input, Cancellation)).Count);
    }

    [Theory]
    [InlineData("text/plain", "", HttpStatusCode.UnsupportedMediaType, ProblemTypes.UnsupportedMediaType)]
    [InlineData("text/csv; charset=iso-8859-1", "", HttpStatusCode.UnsupportedMediaType, ProblemTypes.UnsupportedMediaType)]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest, ProblemTypes.MalformedJson)]
    [InlineData("application/json", "[{}", HttpStatusCode.BadRequest, ProblemTypes.MalformedJson)]
    [InlineData("application/json", "[]", HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData("application/x-ndjson", "", HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData("application/x-ndjson", "\n\n", HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData("text/csv", "", HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData("text/csv", "rowId\n", HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData("text/csv", "rowId,patient.wieghtKg\na,1\n", HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData("text/csv", "rowId\na\n\"b\n", HttpStatusCode.BadRequest, ProblemTypes.UnreadableInput)]
    public async Task An_input_that_is_no_batch_is_refused_and_nothing_of_it_is_kept(
        string mediaType, string body, HttpStatusCode status, string problemType)
    {
        (await _app.SubmitAsync(body, mediaType)).AssertProblem(status, problemType);

        await AssertNothingIsKeptAsync();
    }

    [Theory]
    [InlineData("?names=a")]
    [InlineData("?name=a&name=b")]
    [InlineData("?name=a%0Ab")]
    [InlineData("?results=xml")]
    [InlineData("?upload=x&input=csv")]
    [InlineData("?upload=22f1f2fd1d77e0000000000000000000")]
    [InlineData("?input=csv")]
    public async Task A_query_that_cannot_be_is_refused(string query)
    {
        (await _app.SubmitAsync(Cohort.NdJson(1), query: query)).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);

        await AssertNothingIsKeptAsync();
    }

    [Fact]
    public async Task Names_and_drugs_have_limits()
    {
        (await _app.SubmitAsync(Cohort.NdJson(1), query: "?name=" + new string('x', 201))).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
        (await _app.SubmitAsync(Cohort.NdJson(1), query: "?candidates=" + string.Join(',', Enumerable.Range(0, 101).Select(static i => $"d{i}"))))
            .AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Damaged_gzip_is_told_as_such(string mediaType)
    {
        var damaged = Input.Frames.GZip(Encoding.UTF8.GetBytes(mediaType == "text/csv" ? Cohort.Csv(3) : Cohort.NdJson(3)))[..^9];

        var problem = (await _app.SubmitAsync(damaged, mediaType)).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.UnreadableInput);

        Assert.Equal("The input cannot be read to its end.", problem.Title);
    }

    [Fact]
    public async Task A_chunk_size_that_makes_more_chunks_than_can_be_listed_keeps_the_app_from_starting()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => WholeApp.StartAsync(
            azurite.ConnectionString, "DrugResponse:Batches:ChunkRows=9", "DrugResponse:Batches:MaxRows=900001"));

        Assert.Contains("DrugResponse:Batches:MaxRows must be at most 100000 times", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_drugs_and_webhooks_are_told_at_once()
    {
        var answer = await _app.SubmitAsync(Cohort.NdJson(1), query: "?candidates=warfarin,wafarin&candidates=codein&webhook=https://169.254.169.254/");

        var problem = answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
        Assert.Equal(["/candidates/1", "/candidates/2", "/webhook"], problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_most_rows_are_accepted_and_not_one_more()
    {
        Assert.Equal(MaxRows, (await _app.SubmitAsync(Cohort.NdJson(MaxRows))).Status().Rows.Total);

        (await _app.SubmitAsync(Cohort.NdJson(MaxRows + 1))).AssertProblem(HttpStatusCode.RequestEntityTooLarge, ProblemTypes.TooManyRows);
    }

    [Fact]
    public async Task A_body_beyond_what_the_front_end_lets_through_is_refused()
    {
        var answer = await RawHttp.AnnounceAsync(_app.Address, "/api/v1/batches", 101L * 1024 * 1024);

        var problem = answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge, ProblemTypes.BodyTooLarge);
        Assert.Equal("The limit is 104857600 bytes.", problem.Detail);
    }

    [Fact]
    public async Task A_caller_that_breaks_off_half_way_leaves_nothing()
    {
        var random = new Random(2);
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(_app.Address.Host, _app.Address.Port, Cancellation);
            await using var stream = client.GetStream();
            var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, MaxRows).Select(row => LongRow(row, random) + "\n")));
            var head = $"POST /api/v1/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n{ApiKeyHandler.Header}: {DevelopmentKey.Text}\r\n"
                + $"Content-Length: {rows.Length + 1}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
            await stream.WriteAsync(rows, Cancellation);
            await Eventually.TrueAsync(async () => (await BlobsAsync()).Count == 1, "blocks are in storage");
        }

        await Eventually.TrueAsync(async () => (await BlobsAsync()).Count == 0, "the blocks are gone again");
        await AssertNothingIsKeptAsync();
    }

    [Fact]
    public async Task The_faulty_end_of_a_long_input_takes_the_blocks_before_it_away()
    {
        var random = new Random(1);
        var input = new StringBuilder("[");
        for (var row = 0; row < MaxRows; row++)
            input.Append(LongRow(row, random)).Append(',');

        (await _app.SubmitAsync(input.ToString(), "application/json")).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.MalformedJson);

        await AssertNothingIsKeptAsync();
    }

    // Random texts do not compress: fifty rows make three blocks of 4 MiB.
    private static string LongRow(int row, Random random)
    {
        var bytes = new byte[300_000];
        random.NextBytes(bytes);
        return $"{{\"rowId\":\"{row}\",\"genotype\":{{\"vcf\":\"{Convert.ToBase64String(bytes)}\"}}}}";
    }

    private async Task AssertNothingIsKeptAsync()
    {
        Assert.Empty((await _app.GetAsync("v1/batches")).Json["batches"]!.AsArray());
        Assert.Empty(await BlobsAsync());
    }

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        var names = new List<string>();
        var container = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchInputStore.ContainerName);
        await foreach (var blob in container.GetBlobsAsync(states: BlobStates.Uncommitted, prefix: $"{_app.Tenant}/", cancellationToken: Cancellation))
            names.Add(blob.Name);
        return names;
    }
}
