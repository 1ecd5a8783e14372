using System.Net;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Models;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Problems;

/// <summary>The storage goes away and comes back under a running app.</summary>
public sealed class StorageOutageTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("azurite-test-").FullName;
    private AzuriteEmulator? _emulator;

    private AzuriteEmulator Emulator => _emulator ?? throw new InvalidOperationException("xUnit initialises the test.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = _data }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Every_route_says_that_storage_is_away_and_works_again_when_it_is_back()
    {
        await using var app = await WholeApp.StartReadyAsync(Emulator.ConnectionString);
        var body = Body.Warfarin();
        var before = await app.PredictAsync(body, "before");

        await Emulator.StopAsync(Cancellation);
        var during = await Task.WhenAll(
            app.PredictAsync(body, "during"),
            app.PredictAsync(Body.Warfarin().Without("/patient/id")),
            app.GetAsync($"v1/predictions/{before.Prediction.PredictionId}"),
            app.GetAsync($"v1/patients/{before.Prediction.PatientKey}/predictions"),
            app.LookUpAsync(body.PatientId));
        var delivery = await app.DeliverAsync(Body.Warfarin().Utf8, "m1");
        var invalid = await app.PredictAsync("{"u8.ToArray());
        await Eventually.TrueAsync(
            async () => (await ModelsStorage.StateAsync(app)).Reason.Contains("does not answer", StringComparison.Ordinal),
            "the models' keeper sees the outage too");
        var ready = await app.GetAsync("health/ready");

        Assert.All(during, AssertUnavailable);
        Assert.Equal(HttpStatusCode.InternalServerError, delivery.Status);
        invalid.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.MalformedJson);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal("not-ready", (string?)ready.Json["status"]);

        await Emulator.RestartAsync(Cancellation);
        var after = await app.PredictAsync(body, "during");

        Assert.Equal(HttpStatusCode.Created, after.Status);
        Assert.Equal(before.Prediction.PatientKey, after.Prediction.PatientKey);
        Assert.Equal(before.Bytes, (await app.PredictAsync(body, "before")).Bytes);
        Assert.Equal([after.Prediction.PredictionId, before.Prediction.PredictionId], await app.PredictionsOfAsync(body.PatientId));
        await Eventually.TrueAsync(async () => (string?)(await app.GetAsync("health/ready")).Json["status"] == "ready", "the app is ready");
    }

    [Fact]
    public async Task An_app_that_starts_before_its_storage_waits_for_it()
    {
        await Emulator.StopAsync(Cancellation);
        await using var app = await WholeApp.StartAsync(Emulator.ConnectionString);

        var early = await app.PredictAsync(Body.Warfarin());
        var live = await app.GetAsync("health/live");
        var ready = await app.GetAsync("health/ready");

        early.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.ModelsUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(5), early.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);

        await Emulator.RestartAsync(Cancellation);
        await Eventually.TrueAsync(async () => (await app.GetAsync("health/ready")).Status == HttpStatusCode.OK, "the app is ready");

        Assert.Equal(HttpStatusCode.Created, (await app.PredictAsync(Body.Warfarin())).Status);
    }

    private static void AssertUnavailable(Answer answer)
    {
        answer.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.StorageUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }
}
