using System.Net;
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

        await Assert.ThrowsAsync<DrugResponseApiException>(() => server.Connect().GetPredictionAsync("../x?y", Cancellation));

        Assert.Equal("/api/v1/predictions/..%2Fx?y", server.Received[0].Path.Replace("%3F", "?", StringComparison.Ordinal));
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
