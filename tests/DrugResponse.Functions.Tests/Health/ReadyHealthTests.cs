using System.Net;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Health;

/// <summary>What <c>health/ready</c> says beside storage and models.</summary>
public sealed class ReadyHealthTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_the_knowledge_in_use_and_says_that_nobody_listens_when_that_is_switched_off()
    {
        await using var app = await WholeApp.StartReadyAsync(azurite.ConnectionString);

        var checks = (await ReadyAsync(app)).Json["checks"]!;

        Assert.Equal($"Version {KnowledgeBase.Default.Version}.", (string?)checks["knowledge"]!["reason"]);
        var answer = await ReadyAsync(app);
        Assert.Equal(KnowledgeBase.Default.Version, (string?)answer.Json["knowledgeVersion"]);
        Assert.Equal(
            app.Service<ModelSetKeeper>().Current!.Models
                .Select(static model => $"{model.Reference.Id} {model.Reference.Version}")
                .Order(StringComparer.Ordinal),
            answer.Json["models"]!.AsArray().Select(static model => $"{model!["id"]} {model["version"]}").Order(StringComparer.Ordinal));
        Assert.Equal("ready", (string?)checks["queues"]!["status"]);
        Assert.Contains("switched off", (string?)checks["queues"]!["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_degraded_while_a_queue_cannot_be_reached_and_says_which()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString, "DrugResponse:Triggers:Enabled=true");
        await Eventually.TrueAsync(async () => await QueuesAsync(app) == "ready", "the queues are listened to");

        await emulator.StopAsync(Cancellation);

        await Eventually.TrueAsync(async () => await QueuesAsync(app) == "degraded", "the outage shows");
        var answer = await ReadyAsync(app);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("prediction-requests", (string?)answer.Json["checks"]!["queues"]!["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_development_reasons_and_versions_are_told_to_callers_with_a_key_only()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, WholeApp.Production);

        var anybody = (await ReadyAsync(app)).Json["checks"]!.AsObject();
        var caller = (await app.GetAsync("health/ready")).Json["checks"]!.AsObject();

        Assert.Equal(caller.Select(static check => check.Key), anybody.Select(static check => check.Key));
        Assert.All(anybody, static check => Assert.Equal(["status"], check.Value!.AsObject().Select(static member => member.Key)));
        Assert.Equal($"Version {KnowledgeBase.Default.Version}.", (string?)caller["knowledge"]!["reason"]);
        Assert.NotEmpty((string)caller["models"]!["reason"]!);
    }

    [Fact]
    public async Task Says_when_to_ask_again_while_it_cannot_work_and_not_otherwise()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await WholeApp.StartReadyAsync(emulator.ConnectionString);
        using var http = new HttpClient { BaseAddress = app.Address };

        using var before = await http.GetAsync("/api/health/ready", Cancellation);
        await emulator.StopAsync(Cancellation);
        using var after = await http.GetAsync("/api/health/ready", Cancellation);

        Assert.Equal((HttpStatusCode.OK, null), (before.StatusCode, before.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, after.StatusCode);
        Assert.True(after.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    private static async Task<string?> QueuesAsync(WholeApp app) => (string?)(await ReadyAsync(app)).Json["checks"]!["queues"]!["status"];

    private static async Task<Answer> ReadyAsync(WholeApp app)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        using var response = await http.GetAsync("/api/health/ready", Cancellation);
        return await Answer.OfAsync(response);
    }
}
