using System.CommandLine;
using Azure.Storage.Blobs;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.Training.Tests.Registry;

/// <summary>
/// Where registries can lie: folders of a test's own, and a storage account of the test class's own, whose container each test makes anew.
/// </summary>
public sealed class RegistryPlaces : IAsyncLifetime
{
    private readonly List<DirectoryInfo> _folders = [];
    private AzuriteEmulator? _emulator;

    public string ConnectionString => _emulator?.ConnectionString
        ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    public BlobContainerClient Container => new BlobServiceClient(ConnectionString).GetBlobContainerClient(ModelBlobStore.ContainerName);

    internal ModelBlobStore Blobs => new(new BlobServiceClient(ConnectionString));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());

    public async ValueTask DisposeAsync()
    {
        foreach (var folder in _folders)
            folder.Delete(recursive: true);
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }

    /// <summary>A new folder, with models in it if any are given.</summary>
    public string NewFolder(ModelFolder? models = null)
    {
        var folder = Directory.CreateTempSubdirectory("drugresponse-registry-");
        _folders.Add(folder);
        models?.WriteTo(folder.FullName);
        return folder.FullName;
    }

    /// <summary>Empties the container, and fills it if models are given.</summary>
    public async Task ResetContainerAsync(ModelFolder? models = null)
    {
        await Container.DeleteIfExistsAsync(cancellationToken: Cancellation);
        if (models is null)
            return;
        await Container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        foreach (var (path, content) in models.Files)
            await Blobs.UploadAsync(path, content, Cancellation);
        await Blobs.UploadAsync(ModelBlobStore.RegistryPath, models.RegistryJson, Cancellation);
    }

    /// <summary>Runs a command as the program does.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Command command, params IReadOnlyList<string> arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await command.Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, Cancellation);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A dose archive whose score is a constant, plus 1 where a feature is above 50.</summary>
    public static byte[] DoseArchive(double constant, params IReadOnlyList<string> features) =>
        ModelArchiveWriter.ToBytes(new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [.. features.Select(static feature => new NumericInput(feature))],
            Predictor = new GamDefinition(
                constant,
                [.. features.Select(static _ => new ShapeFunctionDefinition([50, double.PositiveInfinity], [0, 1], MissingEffect: 0))]),
        });
}
