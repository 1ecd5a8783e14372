using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Models;

/// <summary>What is published while the app runs: good models are taken up, bad ones are named and left alone.</summary>
public sealed class ModelRefreshTests(ModelsStorage storage) : IClassFixture<ModelsStorage>
{
    private const string Dose = "dose";

    private static readonly Dictionary<string, (Action<ModelFolder> Spoil, string Named)> Faults = new()
    {
        ["an archive of another hash"] = (
            static folder => folder.Files["warfarin/dose/1.0.0/model.zip"] = [1, 2, 3],
            "warfarin/dose/1.0.0/model.zip does not have the SHA-256"),
        ["an archive that is none"] = (
            static folder => folder.ReplaceArchive(Dose, [1, 2, 3]),
            "warfarin/dose 1.0.0: the archive cannot be scored"),
        ["a card that is not there"] = (
            static folder => folder.Version(Dose)["card"] = "warfarin/dose/1.0.0/no-card.json",
            "warfarin/dose/1.0.0/no-card.json is missing"),
        ["an unknown feature"] = (
            static folder => folder.ReplaceArchive(Dose, ArchiveOver("shoeSize")),
            "'shoeSize' is not in the feature catalogue"),
        ["a path out of the container"] = (static folder => folder.Version(Dose)["model"] = "../secrets/model.zip", "../secrets/model.zip"),
        ["a null among the endpoints"] = (static folder => folder.Registry["endpoints"]!.AsArray().Add(null), "null among its endpoints"),
        ["an unknown member"] = (static folder => folder.Registry["endpoint"] = new JsonArray(), "registry.json cannot be read"),
        ["a later format"] = (static folder => folder.Registry["formatVersion"] = 2, "format version 2"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    [Fact]
    public async Task A_new_version_is_taken_up_and_rolled_back_without_a_restart()
    {
        await using var app = await StartAsync();
        var before = (await app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0];

        await storage.PublishAsync(ModelFolder.OfRepository().MoveTo(Dose, "1.0.1"));
        await Eventually.TrueAsync(async () => await DoseVersionAsync(app) == "1.0.1", "the new version is in use");
        var after = (await app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0];
        await storage.PublishAsync(ModelFolder.OfRepository());
        await Eventually.TrueAsync(async () => await DoseVersionAsync(app) == "1.0.0", "the old version is in use again");

        Assert.Equal("1.0.0", before.Dose!.Model.Version);
        Assert.Equal("1.0.1", after.Dose!.Model.Version);
        Assert.Equal("1.0.0", after.Response!.Model.Version);
        Assert.Equal(before.Answers(), after.Answers());
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task A_bad_set_is_named_and_the_last_good_one_stays_in_use(string fault)
    {
        await using var app = await StartAsync();
        var spoilt = ModelFolder.OfRepository();
        Faults[fault].Spoil(spoilt);

        await storage.PublishAsync(spoilt);

        await AssertDegradedAsync(app, Faults[fault].Named);
        await AssertRecoversAsync(app);
    }

    [Fact]
    public async Task A_file_that_is_spoilt_under_its_name_is_named_for_as_long_as_it_is()
    {
        await using var app = await StartAsync();

        await storage.PublishAsync(ModelFolder.OfRepository().With("warfarin/dose/1.0.0/model.zip", [1, 2, 3]));
        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == "degraded", "the fault is named");
        // Several more looks at the registry: one a second while there is a fault.
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancellation);

        await AssertDegradedAsync(app, "warfarin/dose/1.0.0/model.zip does not have the SHA-256");
    }

    [Theory]
    [InlineData("{ \"formatVersion\": 1, \"endpoints\": [")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("\0\0\0")]
    public async Task A_registry_that_is_no_json_is_named_and_the_last_good_set_stays_in_use(string registry)
    {
        await using var app = await StartAsync();

        await new ModelBlobStore(storage.Connection.Blobs).UploadAsync(ModelBlobStore.RegistryPath, Encoding.UTF8.GetBytes(registry), Cancellation);

        await AssertDegradedAsync(app, "registry.json");
        await AssertRecoversAsync(app);
    }

    [Fact]
    public async Task A_registry_that_is_gone_is_named_and_the_last_good_set_stays_in_use()
    {
        await using var app = await StartAsync();

        await Container.DeleteBlobAsync(ModelBlobStore.RegistryPath, cancellationToken: Cancellation);

        await AssertDegradedAsync(app, "has no registry.json");
        await AssertRecoversAsync(app);
    }

    [Fact]
    public async Task A_container_that_is_gone_is_named_and_the_last_good_set_stays_in_use()
    {
        await using var app = await StartAsync();

        await Container.DeleteAsync(cancellationToken: Cancellation);

        await Eventually.TrueAsync(
            async () => (await ModelsStorage.StateAsync(app)).Reason.Contains("ContainerNotFound", StringComparison.Ordinal), "the fault is named");
        Assert.Equal("degraded", (await ModelsStorage.StateAsync(app)).Status);
        var storageState = (await app.GetAsync("health/ready")).Json["checks"]!["storage"]!;
        Assert.Equal("Storage refuses to be read: HTTP 404 ContainerNotFound.", (string?)storageState["reason"]);
        Assert.Equal("1.0.0", await DoseVersionAsync(app));
        await Container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await AssertRecoversAsync(app);
    }

    private BlobContainerClient Container => storage.Connection.Blobs.GetBlobContainerClient(ModelBlobStore.ContainerName);

    private static byte[] ArchiveOver(string feature) => ModelArchiveWriter.ToBytes(new ModelDefinition
    {
        Kind = PredictionKind.Regression,
        Inputs = [new NumericInput(feature)],
        Predictor = new GamDefinition(5, [new ShapeFunctionDefinition([40, double.PositiveInfinity], [-1, 1], MissingEffect: 0)]),
    });

    /// <summary>Starts an app that has the repository's models in use.</summary>
    private async Task<WholeApp> StartAsync()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await storage.PublishAsync(ModelFolder.OfRepository());
        var app = await WholeApp.StartAsync(storage.ConnectionString);
        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == "ready", "the models are in use");
        return app;
    }

    private static async Task<string> DoseVersionAsync(WholeApp app) =>
        (await app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0].Dose!.Model.Version;

    private static async Task AssertDegradedAsync(WholeApp app, string named)
    {
        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == "degraded", "the app says that something is wrong");

        var ready = await app.GetAsync("health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.Status);
        Assert.Equal("degraded", (string?)ready.Json["status"]);
        Assert.Contains(named, (await ModelsStorage.StateAsync(app)).Reason, StringComparison.Ordinal);
        Assert.Equal("1.0.0", await DoseVersionAsync(app));
        Assert.Contains(app.Logs.Lines, line => line.Contains(named, StringComparison.Ordinal));
    }

    private async Task AssertRecoversAsync(WholeApp app)
    {
        await storage.PublishAsync(ModelFolder.OfRepository().MoveTo(Dose, "1.0.2"));

        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == "ready", "the good set is in use");
        Assert.Equal("1.0.2", await DoseVersionAsync(app));
    }
}
