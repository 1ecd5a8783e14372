using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;
using DrugResponse.Training.Registry;

namespace DrugResponse.Training.Tests.Registry;

public sealed class PublishCommandTests(RegistryPlaces places) : IClassFixture<RegistryPlaces>
{
    private const string Dose = "dose";
    private const string DoseArchive = "warfarin/dose/1.0.0/model.zip";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_is_published_into_an_account_without_a_container_and_can_be_served()
    {
        await places.ResetContainerAsync();
        var folder = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");

        var (exitCode, output, error) = await PublishAsync(folder);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"uploaded {DoseArchive}", output, StringComparison.Ordinal);
        Assert.Contains("warfarin/dose: new, active 1.0.0", output, StringComparison.Ordinal);
        Assert.Contains("warfarin/dose: candidate none -> 1.1.0", output, StringComparison.Ordinal);
        Assert.Contains("8 files uploaded, 0 were there already.", output, StringComparison.Ordinal);
        Assert.Equal(folder.RegistryJson, await RegistryAsync());
        var set = await ModelSetLoader.LoadAsync(
            folder.RegistryJson, StoreOptions.OpenContainer(places.ConnectionString).ReadFileAsync, cancellationToken: Cancellation);
        Assert.Equal((3, 1), (set.Models.Count(), set.Candidates.Count()));
    }

    [Fact]
    public async Task What_is_there_already_is_not_uploaded_again()
    {
        await places.ResetContainerAsync(ModelFolder.OfRepository());

        var unchanged = await PublishAsync(ModelFolder.OfRepository());
        var added = await PublishAsync(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));

        Assert.Contains("0 files uploaded, 6 were there already.", unchanged.Output, StringComparison.Ordinal);
        Assert.Contains("2 files uploaded, 6 were there already.", added.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_spread_are_published()
    {
        await places.ResetContainerAsync();
        var model = ModelFolder.OfRepository().Only("standard-dose-overdoses");
        var flat = RegistryPlaces.DoseArchive(1, "ageYears");
        model.ReplaceArchive("standard-dose-overdoses", SpreadModel()).SetSpread("standard-dose-overdoses", flat, flat);

        var (exitCode, output, error) = await PublishAsync(model);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("spread-lower.zip", output, StringComparison.Ordinal);
        Assert.Contains("spread-upper.zip", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_that_the_service_would_refuse_is_not_published_at_all()
    {
        await places.ResetContainerAsync();
        var refused = new[]
        {
            (ModelFolder.OfRepository().With(DoseArchive, [1]), $"{DoseArchive} does not have the SHA-256"),
            (ModelFolder.OfRepository().ReplaceArchive(Dose, RegistryPlaces.DoseArchive(5, "shoeSize")), "'shoeSize' is not in the"),
            (ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0", RegistryPlaces.DoseArchive(5, "hatSize")), "'hatSize' is not in the"),
            (Inactive().Without("dose/0.9.0/model.zip"), "dose/0.9.0/model.zip is missing."),
            (Inactive().With("dose/0.9.0/card.json", [1]), "dose/0.9.0/card.json does not have the SHA-256"),
        };

        foreach (var (folder, fault) in refused)
        {
            var (exitCode, _, error) = await PublishAsync(folder);

            Assert.Equal(1, exitCode);
            Assert.Contains(fault, error, StringComparison.Ordinal);
            Assert.False(await places.Container.ExistsAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Other_bytes_under_a_published_version_are_refused()
    {
        var published = ModelFolder.OfRepository();
        await places.ResetContainerAsync(published);

        var (exitCode, _, error) = await PublishAsync(
            ModelFolder.OfRepository().ReplaceArchive(Dose, RegistryPlaces.DoseArchive(5, "ageYears")));

        Assert.Equal(1, exitCode);
        Assert.Contains("warfarin/dose 1.0.0 is published with other bytes", error, StringComparison.Ordinal);
        Assert.Equal(published.RegistryJson, await RegistryAsync());
        Assert.Equal(published.Files[DoseArchive], (await places.Blobs.DownloadAsync(DoseArchive, 1_000_000, Cancellation)).Content);
    }

    [Fact]
    public async Task A_file_that_lies_there_with_other_bytes_is_not_overwritten()
    {
        await places.ResetContainerAsync();
        await places.Container.CreateAsync(cancellationToken: Cancellation);
        await places.Blobs.UploadAsync(DoseArchive, new byte[] { 1 }, Cancellation);

        var (exitCode, _, error) = await PublishAsync(ModelFolder.OfRepository());

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{DoseArchive} is in the container", error, StringComparison.Ordinal);
        Assert.Equal([1], (await places.Blobs.DownloadAsync(DoseArchive, 10, Cancellation)).Content);
        Assert.Equal(ModelRegistryState.Absent, (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).State);
    }

    [Fact]
    public async Task A_version_that_only_the_container_has_is_not_lost_by_accident()
    {
        await places.ResetContainerAsync(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));

        var (exitCode, _, error) = await PublishAsync(ModelFolder.OfRepository());
        var replaced = await PublishAsync(ModelFolder.OfRepository(), "--replace");

        Assert.Equal(1, exitCode);
        Assert.Contains("warfarin/dose 1.1.0 is published", error, StringComparison.Ordinal);
        Assert.Contains("--replace", error, StringComparison.Ordinal);
        Assert.Equal(0, replaced.ExitCode);
        Assert.Contains("warfarin/dose: candidate 1.1.0 -> none", replaced.Output, StringComparison.Ordinal);
        Assert.Equal(ModelFolder.OfRepository().RegistryJson, await RegistryAsync());
    }

    [Fact]
    public async Task Of_two_publishers_at_once_the_second_is_told_and_overwrites_nothing()
    {
        await places.ResetContainerAsync(ModelFolder.OfRepository());
        var theirs = ModelFolder.OfRepository().AddCandidate("standard-dose-overdoses", "1.1.0");
        var interruption = new OnFirstUpload(() => Upload(theirs.RegistryJson));
        var options = new BlobClientOptions();
        options.AddPolicy(interruption, HttpPipelinePosition.PerCall);
        var container = new ContainerStore(new BlobServiceClient(places.ConnectionString, options));
        var folder = new FolderStore(places.NewFolder(ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0")));

        var exception = await Assert.ThrowsAsync<RegistryCommandException>(
            () => new Publication(folder, container, TimeProvider.System, TextWriter.Null).RunAsync(mayRemove: false, signingKey: null, Cancellation));

        Assert.Contains("Somebody else has published", exception.Message, StringComparison.Ordinal);
        Assert.Equal(theirs.RegistryJson, await RegistryAsync());
    }

    [Fact]
    public async Task A_registry_that_cannot_be_read_is_replaced()
    {
        await places.ResetContainerAsync(ModelFolder.OfRepository());
        Upload("{"u8.ToArray());

        var (exitCode, output, _) = await PublishAsync(ModelFolder.OfRepository());

        Assert.Equal(0, exitCode);
        Assert.Contains("is replaced as a whole. registry.json cannot be read", output, StringComparison.Ordinal);
        Assert.Equal(ModelFolder.OfRepository().RegistryJson, await RegistryAsync());
    }

    [Fact]
    public async Task Without_a_connection_the_account_of_the_environment_is_meant()
    {
        await places.ResetContainerAsync();
        var folder = places.NewFolder(ModelFolder.OfRepository());
        var before = Environment.GetEnvironmentVariable("AzureWebJobsStorage");
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", places.ConnectionString);
        try
        {
            var (exitCode, _, error) = await RegistryPlaces.RunAsync(PublishCommand.Create(), "--models", folder);

            Assert.Equal((0, ""), (exitCode, error));
            Assert.Equal(ModelFolder.OfRepository().RegistryJson, await RegistryAsync());
        }
        finally
        {
            Environment.SetEnvironmentVariable("AzureWebJobsStorage", before);
        }
    }

    [Fact]
    public async Task A_folder_without_a_registry_is_named()
    {
        var folder = places.NewFolder();

        var (exitCode, _, error) = await RegistryPlaces.RunAsync(
            PublishCommand.Create(), "--models", folder, "--connection", places.ConnectionString);

        Assert.Equal((1, $"There is no registry in {folder}.{Environment.NewLine}"), (exitCode, error));
    }

    private static ModelFolder Inactive()
    {
        var folder = ModelFolder.OfRepository().AddCandidate(Dose, "0.9.0");
        folder.Endpoint(Dose).Remove("candidateVersion");
        return folder;
    }

    private static byte[] SpreadModel() => ModelArchives.Writing.ModelArchiveWriter.ToBytes(new ModelArchives.Writing.ModelDefinition
    {
        Kind = ModelArchives.PredictionKind.Binary,
        Calibration = ModelArchives.Writing.PlattCalibration.LogOdds,
        Inputs = [new ModelArchives.Writing.NumericInput("ageYears") { Replacement = 60 }],
        Predictor = new ModelArchives.Writing.LinearDefinition(-2, [0.01f]),
    });

    private Task<(int ExitCode, string Output, string Error)> PublishAsync(ModelFolder folder, params IReadOnlyList<string> options) =>
        RegistryPlaces.RunAsync(
            PublishCommand.Create(), ["--models", places.NewFolder(folder), "--connection", places.ConnectionString, .. options]);

    private async Task<byte[]> RegistryAsync() => (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray();

    private void Upload(byte[] registry) =>
        places.Container.GetBlobClient(ModelBlobStore.RegistryPath).Upload(new BinaryData(registry), overwrite: true, Cancellation);

    /// <summary>Does something the moment before the first file is written.</summary>
    private sealed class OnFirstUpload(Action action) : HttpPipelineSynchronousPolicy
    {
        private int _uploads;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Put
                && message.Request.Uri.Path.EndsWith(".zip", StringComparison.Ordinal)
                && Interlocked.Increment(ref _uploads) == 1)
                action();
        }
    }
}
