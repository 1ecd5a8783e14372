using System.Net;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace DrugResponse.Client.Tests;

/// <summary>How a client that endures outlasts outages, and when it gives up.</summary>
public sealed class EnduranceTests
{
    private const string Genes = """{ "knowledgeVersion": "v", "genes": [] }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Whatever_may_pass_is_repeated_without_counting(int status)
    {
        await using var server = await ScriptedServer.StartAsync(
            [.. Enumerable.Repeat(ScriptedServer.Problem(status, "busy"), 12), ScriptedServer.Json(200, Genes)]);

        var genes = await Connect(server, TimeSpan.FromHours(1), new NotedPauses()).ListGenesAsync(Cancellation);

        Assert.Equal("v", genes.KnowledgeVersion);
        Assert.Equal(13, server.Received.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task What_would_be_refused_again_is_not_repeated(int status)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(status, "other"));

        var refusal = await Assert.ThrowsAsync<DrugResponseApiException>(
            () => Connect(server, TimeSpan.FromHours(1)).ListGenesAsync(Cancellation));

        Assert.Equal(status, (int)refusal.StatusCode);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Request_whose_earlier_attempt_is_still_in_work_is_repeated()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(409, ProblemTypes.InProgress), ScriptedServer.Json(202, CohortTests.Accepted));

        var batch = await Connect(server, TimeSpan.FromHours(1), new NotedPauses())
            .SubmitUploadAsync("u", BatchFormats.Csv, new BatchSubmission { IdempotencyKey = "k" }, Cancellation);

        Assert.Equal("b", batch.BatchId);
        Assert.Equal(["k", "k"], server.Received.Select(static request => request.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task Rows_that_can_be_read_once_are_never_sent_twice()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(503, ProblemTypes.StorageUnavailable));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() => Connect(server, TimeSpan.FromHours(1))
            .SubmitBatchAsync(AsyncEnumerable.Empty<CohortRow>(), new BatchSubmission(), Cancellation));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.StatusCode);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Answer_that_breaks_off_is_asked_for_again()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken("application/json", Genes[..20]), ScriptedServer.Json(200, Genes));

        Assert.Equal("v", (await Connect(server, TimeSpan.FromHours(1)).ListGenesAsync(Cancellation)).KnowledgeVersion);
    }

    [Fact]
    public async Task Attempt_that_is_never_answered_is_repeated()
    {
        await using var server = await ScriptedServer.StartAsync(WaitForEverAsync, ScriptedServer.Json(200, Genes));
        var api = server.Connect(static options => (options.Endurance, options.Timeout) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)));

        Assert.Equal("v", (await api.ListGenesAsync(Cancellation)).KnowledgeVersion);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Pauses_grow_to_the_longest_and_no_further_however_long_the_outage()
    {
        await using var server = await ScriptedServer.StartAsync(
            [.. Enumerable.Repeat(ScriptedServer.Problem(503, "busy"), 200), ScriptedServer.Json(200, Genes)]);
        var told = new List<RetryNotice>();

        await Connect(server, TimeSpan.FromHours(10), new NotedPauses(), told.Add).ListGenesAsync(Cancellation);

        Assert.Equal(200, told.Count);
        Assert.All(told, static one => Assert.InRange(one.Pause, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
        Assert.Contains(told, static one => one.Pause > TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Pause_that_is_asked_for_is_cut_to_the_longest()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(429, "busy", ("Retry-After", "3600")), ScriptedServer.Json(200, Genes));
        var time = new NotedPauses();

        await Connect(server, TimeSpan.FromHours(1), time).ListGenesAsync(Cancellation);

        Assert.Equal(TimeSpan.FromSeconds(15), Assert.Single(time.Pauses));
    }

    [Fact]
    public async Task Every_repetition_is_told_before_its_pause()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(503, "busy"), ScriptedServer.Aborted, ScriptedServer.Json(200, Genes));
        var time = new NotedPauses();
        var told = new List<RetryNotice>();

        await Connect(server, TimeSpan.FromHours(1), time, told.Add).ListGenesAsync(Cancellation);

        Assert.Equal(
            ["The service answers 503.", $"The service at {server.Address} cannot be reached."], told.Select(static one => one.Fault));
        Assert.Equal(time.Pauses, told.Select(static one => Milliseconds(one.Pause)).Where(static pause => pause > TimeSpan.Zero));
    }

    [Fact]
    public async Task Gives_up_when_endurance_is_at_its_end_and_says_why()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(503, "busy"));

        var failure = await Assert.ThrowsAsync<DrugResponseUnavailableException>(
            () => Connect(server, TimeSpan.Zero).ListGenesAsync(Cancellation));

        Assert.Equal("The service answers 503. It has been so for 00:00:00.", failure.Message);
        Assert.Equal(TimeSpan.Zero, failure.Endurance);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Connection_that_fails_for_too_long_is_the_cause()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Aborted);

        var failure = await Assert.ThrowsAsync<DrugResponseUnavailableException>(
            () => Connect(server, TimeSpan.Zero).ListGenesAsync(Cancellation));

        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    private static IDrugResponseApi Connect(
        ScriptedServer server, TimeSpan endurance, TimeProvider? time = null, Action<RetryNotice>? tell = null) => server.Connect(
        options =>
        {
            options.MaxRetries = 0;
            options.RetryDelay = TimeSpan.FromSeconds(0.5);
            options.MaxRetryDelay = TimeSpan.FromSeconds(15);
            options.Endurance = endurance;
            options.Timeout = Timeout.InfiniteTimeSpan;
            options.Retrying = tell;
        },
        time);

    private static Task WaitForEverAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    // Timers count in whole ones, and nobody waits for less.
    private static TimeSpan Milliseconds(TimeSpan pause) => TimeSpan.FromMilliseconds(Math.Floor(pause.TotalMilliseconds));
}
