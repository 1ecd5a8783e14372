using System.Net;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Models;

/// <summary>What an app does that finds no models when it starts.</summary>
public sealed class FirstModelsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_production_an_empty_container_means_not_ready_until_models_are_published()
    {
        await using var storage = await StartStorageAsync();
        await using var app = await WholeApp.StartAsync(storage.ConnectionString, WholeApp.Production);

        var early = await app.PredictAsync(Body.Warfarin());
        var ready = await app.GetAsync("health/ready");
        var state = await ModelsStorage.StateAsync(app);

        early.AssertProblem(HttpStatusCode.ServiceUnavailable, ProblemTypes.ModelsUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(5), early.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal("not-ready", state.Status);
        Assert.Contains("has no registry.json", state.Reason, StringComparison.Ordinal);

        await storage.PublishAsync(ModelFolder.OfRepository());
        await Eventually.TrueAsync(async () => (await app.GetAsync("health/ready")).Status == HttpStatusCode.OK, "the app is ready");

        Assert.Equal(HttpStatusCode.Created, (await app.PredictAsync(Body.Warfarin())).Status);
    }

    [Fact]
    public async Task An_app_that_starts_with_a_bad_set_is_not_ready_and_names_every_fault()
    {
        await using var storage = await StartStorageAsync();
        var spoilt = ModelFolder.OfRepository();
        spoilt.Files["warfarin/dose/1.0.0/model.zip"] = [1];
        spoilt.Files["warfarin/standard-dose-suffices/1.0.0/card.json"] = [2];
        await storage.PublishAsync(spoilt);

        await using var app = await WholeApp.StartAsync(storage.ConnectionString, WholeApp.Production);
        await Eventually.TrueAsync(
            async () => (await ModelsStorage.StateAsync(app)).Reason.Contains("SHA-256", StringComparison.Ordinal), "the fault is named");

        var (status, reason) = await ModelsStorage.StateAsync(app);
        Assert.Equal("not-ready", status);
        Assert.Contains("warfarin/dose/1.0.0/model.zip", reason, StringComparison.Ordinal);
        Assert.Contains("warfarin/standard-dose-suffices/1.0.0/card.json", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_development_models_are_published_again_when_the_first_time_was_interrupted()
    {
        await using var storage = await StartStorageAsync();
        await new ModelBlobStore(storage.Connection.Blobs).UploadAsync("warfarin/dose/1.0.0/card.json", new byte[] { 1 }, Cancellation);

        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);

        Assert.Equal(HttpStatusCode.Created, (await app.PredictAsync(Body.Warfarin())).Status);
    }

    [Fact]
    public async Task In_development_models_that_were_published_by_hand_stay()
    {
        await using var storage = await StartStorageAsync();
        await storage.PublishAsync(ModelFolder.OfRepository().MoveTo("dose", "9.9.9"));

        await using var app = await WholeApp.StartReadyAsync(storage.ConnectionString);

        Assert.Equal("9.9.9", (await app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0].Dose!.Model.Version);
    }

    private static async Task<ModelsStorage> StartStorageAsync()
    {
        var storage = new ModelsStorage();
        await storage.InitializeAsync();
        await StorageSchema.EnsureCreatedAsync(storage.Connection, Cancellation);
        return storage;
    }
}
