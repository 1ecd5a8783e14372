using System.Globalization;
using System.Net;
using System.Text.Json;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrugResponse.Client.Tests;

/// <summary>How refusals and wrong options show.</summary>
public sealed class FailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Problem_is_an_exception_with_all_faults()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Content(
            422,
            "application/problem+json",
            $$"""
            { "type": "{{ProblemTypes.InvalidContent}}", "title": "The request has invalid content.", "status": 422, "traceId": "t",
              "errors": { "/patient/weightKg": ["Must be from 0.3 to 500."], "": ["Must have at least one."] }, "new": 1 }
            """));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() =>
            server.Connect().TranslateGenotypeAsync(new PredictionRequest(), cancellationToken: Cancellation));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, failure.StatusCode);
        Assert.Equal(ProblemTypes.InvalidContent, failure.Problem?.Type);
        Assert.Equal(["Must be from 0.3 to 500."], failure.Problem!.Errors!["/patient/weightKg"]);
        Assert.Contains("/patient/weightKg: Must be from 0.3 to 500.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html>Bad gateway</html>")]
    [InlineData("application/problem+json", "{ cut off")]
    public async Task Answer_of_somebody_else_is_an_exception_without_a_problem(string mediaType, string content)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Content(502, mediaType, content));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().ListGenesAsync(Cancellation));

        Assert.Equal(HttpStatusCode.BadGateway, failure.StatusCode);
        Assert.Null(failure.Problem);
    }

    [Fact]
    public async Task Unknown_patient_is_null_and_no_exception()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(404, ProblemTypes.NotFound));

        Assert.Null(await server.Connect().FindPatientAsync("MRN-1", Cancellation));
        Assert.Equal("""{"id":"MRN-1"}""", server.Received[0].Body);
        Assert.DoesNotContain("MRN", server.Received[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_that_is_not_ready_is_an_answer()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(503, """{ "status": "not-ready", "checks": { "storage": { "status": "not-ready", "reason": "No." } } }"""));

        var health = await server.Connect().GetReadyHealthAsync(Cancellation);

        Assert.Equal("not-ready", health.Status);
        Assert.Equal("No.", health.Checks["storage"].Reason);
    }

    [Fact]
    public async Task Names_in_paths_are_escaped()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(404, ProblemTypes.NotFound));

        await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().GetModelAsync("../x?y", "e", Cancellation));

        Assert.Equal("/api/v1/models/..%2Fx?y/e", server.Received[0].Path.Replace("%3F", "?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("a%2e")]
    [InlineData("ä")]
    [InlineData("a\n")]
    public async Task Id_that_is_none_is_refused_before_anything_is_sent(string id)
    {
        await using var server = await ScriptedServer.StartAsync();
        var api = server.Connect();

        await Assert.ThrowsAsync<ArgumentException>("predictionId", () => api.GetPredictionAsync(id, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>("patientKey", () => api.ErasePatientAsync(id, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(
            "patientKey", () => api.ListPatientPredictionsAsync(id, cancellationToken: Cancellation));
        await Assert.ThrowsAsync<ArgumentException>("batchId", () => api.GetBatchAsync(id, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>("keyId", () => api.RevokeKeyAsync(id, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(
            "uploadId", () => api.SubmitUploadAsync(id, BatchFormats.Csv, new BatchSubmission(), Cancellation));
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Id_of_every_kind_that_the_service_gives_is_sent_as_it_is()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(404, ProblemTypes.NotFound));

        await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().GetPredictionAsync("-22f1_A.0.17", Cancellation));

        Assert.Equal("/api/v1/predictions/-22f1_A.0.17", server.Received[0].Path);
    }

    [Fact]
    public async Task Success_of_somebody_else_is_an_exception_that_says_so()
    {
        await using var server = await ScriptedServer.StartAsync(
            [.. Enumerable.Repeat(ScriptedServer.Content(200, "text/html", "<html>Please sign in</html>"), 3)]);
        var (api, path) = (server.Connect(), Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

        var genes = await Assert.ThrowsAsync<DrugResponseApiException>(() => api.ListGenesAsync(Cancellation));
        var lines = await Assert.ThrowsAsync<DrugResponseApiException>(
            async () => await api.GetBatchResultsAsync("b", cancellationToken: Cancellation).ToListAsync(Cancellation));
        await Assert.ThrowsAsync<DrugResponseApiException>(
            () => api.DownloadBatchResultsAsync("b", path, BatchFormats.Csv, cancellationToken: Cancellation));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (genes.StatusCode, lines.StatusCode));
        Assert.Contains("text/html", genes.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Line_that_is_no_row_is_an_exception_that_says_so()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Content(200, "application/x-ndjson", "<html>"));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(
            async () => await server.Connect().GetBatchErrorsAsync("b", cancellationToken: Cancellation).ToListAsync(Cancellation));

        Assert.IsType<JsonException>(failure.InnerException);
    }

    [Fact]
    public async Task Time_at_which_to_try_again_is_told_as_a_time_from_now()
    {
        var time = TimeProvider.System.GetUtcNow().AddHours(1);
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Problem(429, "busy", ("Retry-After", time.ToString("R", CultureInfo.InvariantCulture))));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().ListGenesAsync(Cancellation));

        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("https://localhost/?tenant=a", 1, 1)]
    [InlineData("https://localhost/#a", 1, 1)]
    [InlineData("https://me@localhost/", 1, 1)]
    [InlineData("https://localhost/", 60, 1)]
    [InlineData("https://localhost/", 1, 2)]
    public void Option_with_which_no_call_could_be_made_is_refused(string address, int timeoutDays, int maxRetryDelayDays)
    {
        var services = new ServiceCollection();
        services.AddDrugResponseClient(options =>
        {
            options.BaseAddress = new Uri(address);
            options.Timeout = TimeSpan.FromDays(timeoutDays);
            options.MaxRetryDelay = TimeSpan.FromDays(maxRetryDelayDays);
        });

        var failure = Assert.Throws<OptionsValidationException>(() =>
            services.BuildServiceProvider().GetRequiredService<IDrugResponseApi>());

        Assert.Single(failure.Failures);
    }

    [Fact]
    public void Wrong_options_are_all_named()
    {
        var services = new ServiceCollection();
        services.AddDrugResponseClient(static options =>
        {
            options.BaseAddress = new Uri("/relative", UriKind.Relative);
            options.ApiKey = "";
            options.AccessToken = static _ => ValueTask.FromResult("");
            options.MaxRetries = 11;
            options.RetryDelay = TimeSpan.Zero;
            options.MaxRetryDelay = TimeSpan.FromSeconds(-1);
            options.Timeout = TimeSpan.Zero;
            options.Endurance = TimeSpan.FromSeconds(-1);
        });

        var failure = Assert.Throws<OptionsValidationException>(() =>
            services.BuildServiceProvider().GetRequiredService<IDrugResponseApi>());

        Assert.Equal(8, failure.Failures.Count());
    }
}
