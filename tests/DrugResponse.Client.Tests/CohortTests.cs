using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace DrugResponse.Client.Tests;

/// <summary>Cohorts that can be read again: sent with the request as often as it takes.</summary>
public sealed class CohortTests
{
    /// <summary>The answer to a submission.</summary>
    internal const string Accepted =
        """
        { "batchId": "b", "state": "accepted", "createdAt": "2026-11-20T12:00:00Z", "candidates": [], "resultsFormat": "csv",
          "rows": { "total": null, "done": 0, "failed": 0 } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BatchFormats.Csv, "text/csv")]
    [InlineData(BatchFormats.NdJson, "application/x-ndjson")]
    [InlineData(BatchFormats.Json, "application/json")]
    public async Task Short_input_goes_with_the_request_as_what_it_is(string format, string mediaType)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(202, Accepted));

        var batch = await server.Connect().SubmitBatchAsync(
            Cohort("rows", format), new BatchSubmission { ResultsFormat = BatchFormats.Csv, IdempotencyKey = "k" }, Cancellation);

        var request = Assert.Single(server.Received);
        Assert.Equal("b", batch.BatchId);
        Assert.Equal("/api/v1/batches?results=csv", request.Path);
        Assert.Equal((mediaType, "4", "k", "rows"), (
            request.Headers["Content-Type"], request.Headers["Content-Length"], request.Headers["Idempotency-Key"], request.Body));
    }

    [Fact]
    public async Task Short_input_is_read_anew_for_every_attempt_under_the_same_key()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(503, ProblemTypes.StorageUnavailable), ScriptedServer.Aborted, ScriptedServer.Json(202, Accepted));
        var opened = 0;

        await server.Connect().SubmitBatchAsync(Cohort("rows") with { Open = Counted }, new BatchSubmission(), Cancellation);

        Assert.Equal(3, opened);
        Assert.Equal(["rows", "rows", "rows"], server.Received.Select(static request => request.Body));
        Assert.Single(server.Received.Select(static request => request.Headers["Idempotency-Key"]).Distinct());

        Stream Counted()
        {
            opened++;
            return new MemoryStream("rows"u8.ToArray());
        }
    }

    [Fact]
    public async Task Address_of_a_webhook_that_is_none_is_left_to_the_service_to_refuse()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(400, ProblemTypes.InvalidContent));
        var submission = new BatchSubmission { Webhook = new Uri("nowhere", UriKind.Relative) };

        await Assert.ThrowsAsync<DrugResponseApiException>(
            () => server.Connect().SubmitBatchAsync(Cohort("rows"), submission, Cancellation));

        Assert.Equal("/api/v1/batches?results=ndjson&webhook=nowhere", Assert.Single(server.Received).Path);
    }

    [Fact]
    public async Task File_is_a_cohort()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "rows of a file", Cancellation);
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(202, Accepted));

        await server.Connect().SubmitBatchAsync(CohortInput.OfFile(path, BatchFormats.Csv), new BatchSubmission(), Cancellation);
        File.Delete(path);

        Assert.Equal("rows of a file", Assert.Single(server.Received).Body);
        Assert.Throws<FileNotFoundException>(() => CohortInput.OfFile(path, BatchFormats.Csv));
    }

    [Fact]
    public async Task What_the_rows_throw_comes_out_as_it_is()
    {
        await using var server = await ScriptedServer.StartAsync(Ignored, Ignored);
        var failures = new Exception[] { new InvalidOperationException("No more rows."), new IOException("The disk is away.") };

        foreach (var own in failures)
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(
                () => server.Connect().SubmitBatchAsync(FailingAsync(own), new BatchSubmission(), Cancellation));

            Assert.Same(own, failure);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Input_that_cannot_be_read_is_not_read_again_and_again(bool endures)
    {
        await using var server = await ScriptedServer.StartAsync(Ignored);
        var opened = 0;
        var input = Cohort("rows") with { Open = () => ++opened > 0 ? throw new FileNotFoundException("It is gone.") : Stream.Null };
        var api = server.Connect(options => options.Endurance = endures ? TimeSpan.FromMinutes(10) : null);

        await Assert.ThrowsAsync<FileNotFoundException>(() => api.SubmitBatchAsync(input, new BatchSubmission(), Cancellation));

        Assert.Equal(1, opened);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Input_that_is_shorter_than_it_says_is_not_sent_again(bool endures)
    {
        await using var server = await ScriptedServer.StartAsync(Ignored);
        var opened = 0;
        var input = Cohort("rows");
        input = input with { Length = 5, Open = () => ++opened > 0 ? Cohort("rows").Open() : Stream.Null };
        var api = server.Connect(options => options.Endurance = endures ? TimeSpan.FromMinutes(10) : null);

        await Assert.ThrowsAsync<EndOfStreamException>(() => api.SubmitBatchAsync(input, new BatchSubmission(), Cancellation));

        Assert.Equal(1, opened);
    }

    private static Task Ignored(HttpContext context) => Task.CompletedTask;

    private static async IAsyncEnumerable<CohortRow> FailingAsync(Exception own)
    {
        yield return new CohortRow("a", new PredictionRequest());
        await Task.Yield();
        throw own;
    }

    private static CohortInput Cohort(string text, string format = BatchFormats.Csv) => new()
    {
        Format = format,
        Length = text.Length,
        Open = () => new MemoryStream(Encoding.ASCII.GetBytes(text)),
    };
}
