using System.CommandLine;
using System.Text.Json;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;
using DrugResponse.Training.Registry;

namespace DrugResponse.Training.Tests.Registry;

/// <summary><c>activate</c>, <c>rollback</c> and <c>candidate</c>, in a folder and in a container.</summary>
public sealed class EndpointCommandTests(RegistryPlaces places) : IClassFixture<RegistryPlaces>
{
    private const string Dose = "dose";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_version_is_activated_and_the_one_before_is_kept_to_roll_back_to(bool inContainer)
    {
        var place = await PlaceAsync(inContainer, ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));

        var (exitCode, output, error) = await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. place]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            ["warfarin/dose: active 1.0.0 -> 1.1.0", "warfarin/dose: candidate 1.1.0 -> none", ""], output.Split(Environment.NewLine));
        var endpoint = (await RegistryAsync(place)).Endpoints.Single(static endpoint => endpoint.Endpoint == Dose);
        Assert.Equal(("1.1.0", "1.0.0", null), (endpoint.ActiveVersion, endpoint.PreviousVersion, endpoint.CandidateVersion));
        Assert.Equal(3, (await RegistryAsync(place)).Endpoints.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rollback_returns_to_the_version_before_once(bool inContainer)
    {
        var place = await PlaceAsync(inContainer, ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        await RegistryPlaces.RunAsync(ActivateCommand.Create(), ["warfarin", Dose, "1.1.0", .. place]);

        var (exitCode, output, _) = await RegistryPlaces.RunAsync(RollbackCommand.Create(), ["warfarin", Dose, .. place]);
        var again = await RegistryPlaces.RunAsync(RollbackCommand.Create(), ["warfarin", Dose, .. place]);

        Assert.Equal((0, $"warfarin/dose: active 1.1.0 -> 1.0.0{Environment.NewLine}"), (exitCode, output));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("no version is known that was active before 1.0.0", again.Error, StringComparison.Ordinal);
        Assert.Equal("1.0.0", (await RegistryAsync(place)).Endpoints.Single(static endpoint => endpoint.Endpoint == Dose).ActiveVersion);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_candidate_is_named_and_taken_back(bool inContainer)
    {
        var folder = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0");
        folder.Endpoint(Dose).Remove("candidateVersion");
        var place = await PlaceAsync(inContainer, folder);

        var named = await RegistryPlaces.RunAsync(CandidateCommand.Create(), ["warfarin", Dose, "1.1.0", .. place]);
        var candidate = (await RegistryAsync(place)).Endpoints.Single(static endpoint => endpoint.Endpoint == Dose).CandidateVersion;
        var taken = await RegistryPlaces.RunAsync(CandidateCommand.Create(), ["warfarin", Dose, "none", .. place]);

        Assert.Equal((0, $"warfarin/dose: candidate none -> 1.1.0{Environment.NewLine}"), (named.ExitCode, named.Output));
        Assert.Equal("1.1.0", candidate);
        Assert.Equal((0, $"warfarin/dose: candidate 1.1.0 -> none{Environment.NewLine}"), (taken.ExitCode, taken.Output));
        Assert.Null((await RegistryAsync(place)).Endpoints.Single(static endpoint => endpoint.Endpoint == Dose).CandidateVersion);
    }

    [Theory]
    [InlineData("activate warfarin dose 2.0.0", "warfarin/dose has no version 2.0.0; it has 1.0.0, 1.1.0.")]
    [InlineData("activate warfarin dose 1.0.0", "warfarin/dose 1.0.0 is active already.")]
    [InlineData("activate warfarin bleeding 1.0.0", "The registry has no warfarin/bleeding.")]
    [InlineData("activate aspirin dose 1.0.0", "The registry has no aspirin/dose.")]
    [InlineData("rollback warfarin dose", "no version is known that was active before 1.0.0")]
    [InlineData("candidate warfarin dose 1.0.0", "warfarin/dose 1.0.0 is active; it cannot run beside itself.")]
    [InlineData("candidate warfarin dose 3.0.0", "warfarin/dose has no version 3.0.0")]
    public async Task What_cannot_be_done_is_said_and_leaves_the_registry_as_it_is(string line, string fault)
    {
        var place = await PlaceAsync(inContainer: false, ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        var before = await BytesAsync(place);

        var (exitCode, _, error) = await RegistryPlaces.RunAsync(Command(line), [.. line.Split(' ')[1..], .. place]);

        Assert.Equal(1, exitCode);
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.Equal(before, await BytesAsync(place));
    }

    [Theory]
    [InlineData("activate", false)]
    [InlineData("candidate", false)]
    [InlineData("activate", true)]
    [InlineData("candidate", true)]
    public async Task A_version_that_the_service_would_refuse_is_refused_and_leaves_the_registry_as_it_is(string verb, bool inContainer)
    {
        var folder = ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0", RegistryPlaces.DoseArchive(5, "shoeSize"));
        folder.Endpoint(Dose).Remove("candidateVersion");
        var place = await PlaceAsync(inContainer, folder);
        var before = await BytesAsync(place);

        var (exitCode, _, error) = await RegistryPlaces.RunAsync(Command(verb), ["warfarin", Dose, "1.1.0", .. place]);

        Assert.Equal(1, exitCode);
        Assert.Contains("warfarin/dose 1.1.0: the input 'shoeSize' is not in the feature catalogue.", error, StringComparison.Ordinal);
        Assert.Equal(before, await BytesAsync(place));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_registry_that_somebody_else_changes_meanwhile_is_left_as_it_is(bool inContainer)
    {
        var place = await PlaceAsync(inContainer, ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0"));
        ModelStore store = inContainer ? StoreOptions.OpenContainer(places.ConnectionString) : new FolderStore(place[1]);
        var theirs = ModelFolder.OfRepository().RegistryJson;

        var edit = () => RegistryEdit.ApplyAsync(
            store,
            registry =>
            {
                if (inContainer)
                    places.Container.GetBlobClient(ModelBlobStore.RegistryPath).Upload(
                        new BinaryData(theirs), overwrite: true, Cancellation);
                else
                    File.WriteAllBytes(Path.Combine(place[1], ModelBlobStore.RegistryPath), theirs);
                return RegistryChange.Activate(registry, "warfarin", Dose, "1.1.0");
            },
            keys: new SigningKeys(null, null),
            TimeProvider.System,
            TextWriter.Null,
            Cancellation);

        var exception = await Assert.ThrowsAsync<RegistryCommandException>(edit);
        Assert.Contains("Somebody else has changed the registry", exception.Message, StringComparison.Ordinal);
        Assert.Equal(theirs, await BytesAsync(place));
    }

    [Fact]
    public async Task A_place_without_a_registry_is_named()
    {
        await places.ResetContainerAsync(ModelFolder.OfRepository());
        await places.Container.DeleteBlobAsync(ModelBlobStore.RegistryPath, cancellationToken: Cancellation);
        var folder = places.NewFolder();

        var inFolder = await RegistryPlaces.RunAsync(RollbackCommand.Create(), "warfarin", Dose, "--models", folder);
        var inContainer = await RegistryPlaces.RunAsync(
            RollbackCommand.Create(), "warfarin", Dose, "--connection", places.ConnectionString);

        Assert.Equal((1, $"There is no registry in {folder}.{Environment.NewLine}"), (inFolder.ExitCode, inFolder.Error));
        Assert.Equal(1, inContainer.ExitCode);
        Assert.StartsWith("There is no registry in the container models", inContainer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_is_not_there_and_a_connection_that_is_none_are_said_without_quoting_a_key()
    {
        await places.ResetContainerAsync();

        var absent = await RegistryPlaces.RunAsync(RollbackCommand.Create(), "warfarin", Dose, "--connection", places.ConnectionString);
        var malformed = await RegistryPlaces.RunAsync(RollbackCommand.Create(), "warfarin", Dose, "--connection", "AccountKey=c2VjcmV0");

        Assert.Equal((1, $"Storage refuses: HTTP 404 ContainerNotFound.{Environment.NewLine}"), (absent.ExitCode, absent.Error));
        Assert.Equal(1, malformed.ExitCode);
        Assert.DoesNotContain("c2VjcmV0", malformed.Error, StringComparison.Ordinal);
    }

    private static Command Command(string line) => line.Split(' ')[0] switch
    {
        "activate" => ActivateCommand.Create(),
        "rollback" => RollbackCommand.Create(),
        _ => CandidateCommand.Create(),
    };

    /// <summary>Puts models where a command is to find them, and gives the options that say so.</summary>
    private async Task<string[]> PlaceAsync(bool inContainer, ModelFolder models)
    {
        if (!inContainer)
            return ["--models", places.NewFolder(models)];
        await places.ResetContainerAsync(models);
        return ["--connection", places.ConnectionString];
    }

    private async Task<byte[]> BytesAsync(string[] place) => place[0] == "--models"
        ? await File.ReadAllBytesAsync(Path.Combine(place[1], ModelBlobStore.RegistryPath), Cancellation)
        : (await places.Blobs.ReadRegistryAsync(cancellationToken: Cancellation)).Content.ToArray();

    private async Task<ModelRegistry> RegistryAsync(string[] place) =>
        JsonSerializer.Deserialize(await BytesAsync(place), ModelJson.Default.ModelRegistry)!;
}
