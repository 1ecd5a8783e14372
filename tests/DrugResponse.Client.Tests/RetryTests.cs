using System.Globalization;
using System.Net;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Patients;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace DrugResponse.Client.Tests;

/// <summary>What is sent again, when, and what is not.</summary>
public sealed class RetryTests
{
    private static readonly string Genes = """{ "knowledgeVersion": "v", "genes": [] }""";

    private static readonly string Prediction =
        """
        { "predictionId": "p", "patientKey": "k", "createdAt": "2026-11-20T12:00:00Z", "knowledgeVersion": "v",
          "phenotypes": [], "drugs": [], "warnings": [] }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Reading_is_repeated_while_the_service_is_busy(int status)
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(status, "busy"), ScriptedServer.Problem(status, "busy"), ScriptedServer.Json(200, Genes));

        var genes = await server.Connect().ListGenesAsync(Cancellation);

        Assert.Equal("v", genes.KnowledgeVersion);
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task Prediction_is_repeated_under_the_same_key_and_with_the_same_body()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(503, ProblemTypes.StorageUnavailable), ScriptedServer.Json(201, Prediction));

        await server.Connect().PredictPatientAsync(new PredictionRequest { Candidates = ["warfarin"] }, cancellationToken: Cancellation);

        Assert.Equal(2, server.Received.Count);
        Assert.NotEmpty(server.Received[0].Headers["Idempotency-Key"]);
        Assert.Single(server.Received.Select(static request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(server.Received.Select(static request => request.Body).Distinct());
    }

    [Fact]
    public async Task Key_of_the_caller_is_the_one_that_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(201, Prediction));

        await server.Connect().PredictPatientAsync(new PredictionRequest { Candidates = ["warfarin"] }, "my-key", Cancellation);

        Assert.Equal("my-key", server.Received[0].Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task What_takes_the_place_of_something_is_repeated_and_a_new_key_is_not_made_twice()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(503, ProblemTypes.AuditUnavailable),
            ScriptedServer.Json(200, """{ "patientKey": "k", "scoring": "objected" }"""),
            ScriptedServer.Problem(503, ProblemTypes.AuditUnavailable));

        await server.Connect().PutConsentAsync("k", new PatientConsentRequest { Scoring = ConsentStates.Objected }, Cancellation);
        await Assert.ThrowsAsync<DrugResponseApiException>(
            () => server.Connect().CreateKeyAsync(new ApiKeyRequest { Name = "x", Roles = [CallerRoles.Admin] }, Cancellation));

        Assert.Equal(3, server.Received.Count);
        Assert.Equal("""{"scoring":"objected"}""", server.Received[1].Body);
    }

    [Fact]
    public async Task Streamed_rows_are_never_sent_twice()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(503, ProblemTypes.StorageUnavailable));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() =>
            server.Connect().SubmitBatchAsync(AsyncEnumerable.Empty<CohortRow>(), new BatchSubmission(), Cancellation));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.StatusCode);
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task Other_failures_are_not_repeated(int status)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(status, "other"));

        await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().ListGenesAsync(Cancellation));

        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Gives_up_after_the_repetitions_that_are_allowed()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(503, "busy"), ScriptedServer.Problem(503, "busy"), ScriptedServer.Problem(503, "busy"));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() =>
            server.Connect(static options => options.MaxRetries = 2).ListGenesAsync(Cancellation));

        Assert.Equal("busy", failure.Problem?.Type);
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task Waits_as_long_as_the_service_asks()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(503, "busy", ("Retry-After", "1")), ScriptedServer.Json(200, Genes));
        var time = new NotedPauses();

        await server.Connect(time: time).ListGenesAsync(Cancellation);

        Assert.True(Assert.Single(time.Pauses) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Waits_until_the_time_that_the_service_names()
    {
        var time = TimeProvider.System.GetUtcNow().AddSeconds(2);
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(429, "busy", ("Retry-After", time.ToString("R", CultureInfo.InvariantCulture))),
            ScriptedServer.Json(200, Genes));

        await server.Connect().ListGenesAsync(Cancellation);

        // The header has whole seconds.
        Assert.True(TimeProvider.System.GetUtcNow() >= time.AddSeconds(-1));
    }

    [Fact]
    public async Task Passes_on_an_answer_that_asks_for_too_long_a_pause()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(429, "busy", ("Retry-After", "3600")));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().ListGenesAsync(Cancellation));

        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Reading_is_repeated_when_the_connection_fails()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Aborted, ScriptedServer.Json(200, Genes));

        Assert.Equal("v", (await server.Connect().ListGenesAsync(Cancellation)).KnowledgeVersion);
    }

    [Fact]
    public async Task Prediction_whose_earlier_attempt_is_still_in_work_is_repeated_after_the_pause_that_is_asked_for()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(409, ProblemTypes.InProgress, ("Retry-After", "1")), ScriptedServer.Json(201, Prediction));
        var time = new NotedPauses();

        await server.Connect(time: time).PredictPatientAsync(new PredictionRequest(), cancellationToken: Cancellation);

        Assert.Equal(2, server.Received.Count);
        Assert.True(Assert.Single(time.Pauses) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Answer_that_breaks_off_is_asked_for_again()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken("application/json", Genes[..20]), ScriptedServer.Json(200, Genes));

        Assert.Equal("v", (await server.Connect().ListGenesAsync(Cancellation)).KnowledgeVersion);
    }

    [Fact]
    public async Task Answer_that_breaks_off_again_and_again_is_a_failure_of_the_connection()
    {
        await using var server = await ScriptedServer.StartAsync(
            [.. Enumerable.Repeat(ScriptedServer.Broken("application/json", Genes[..20]), 2)]);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => server.Connect(static options => options.MaxRetries = 1).ListGenesAsync(Cancellation));

        Assert.Equal(2, server.Received.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Answer_that_stalls_ends_with_the_timeout(int status)
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = status == 200 ? "application/json" : "application/problem+json";
            await context.Response.WriteAsync(Genes[..20]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));

        var failure = await Assert.ThrowsAsync<TaskCanceledException>(
            () => server.Connect(static options => options.Timeout = TimeSpan.FromSeconds(1)).ListGenesAsync(limit.Token));

        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Fact]
    public async Task Deletion_is_repeated_for_it_comes_to_the_same()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Aborted, ScriptedServer.Json(200, CohortTests.Accepted));

        await server.Connect().CancelBatchAsync("b", Cancellation);

        Assert.Equal(["DELETE", "DELETE"], server.Received.Select(static request => request.Method));
    }

    [Fact]
    public async Task Cancelling_ends_the_waiting()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(503, "busy", ("Retry-After", "20")));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Connect().ListGenesAsync(cancellation.Token));
    }
}
