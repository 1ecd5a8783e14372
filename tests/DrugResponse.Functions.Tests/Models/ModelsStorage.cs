using DrugResponse.Functions.Models;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Models;

/// <summary>A storage account of a test class's own: there is one container of models in an account.</summary>
public sealed class ModelsStorage : IAsyncLifetime
{
    private AzuriteEmulator? _emulator;
    private StorageConnection? _connection;

    public string ConnectionString => Emulator.ConnectionString;

    public StorageConnection Connection =>
        _connection ??= new StorageConnection(new StorageOptions { ConnectionString = ConnectionString });

    private AzuriteEmulator Emulator => _emulator ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    public async ValueTask InitializeAsync() => _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());

    public async ValueTask DisposeAsync() => await Emulator.DisposeAsync();

    /// <summary>
    /// Publishes models as if for the first time: the files first, since whoever sees the registry expects them. A bundle that an app of
    /// an earlier test has left is emptied, or it would stand in for files that this test has spoilt.
    /// </summary>
    public async Task PublishAsync(ModelFolder folder)
    {
        await StorageSchema.EnsureCreatedAsync(Connection, TestContext.Current.CancellationToken);
        await PublishFileAsync(ModelBundle.Path, []);
        foreach (var (path, content) in folder.Files)
            await PublishFileAsync(path, content);
        await PublishFileAsync(RegistrySignature.PathOf(folder.RegistryJson), SigningKey.Sign(folder.RegistryJson));
        await PublishFileAsync(ModelBlobStore.RegistryPath, folder.RegistryJson);
    }

    /// <summary>Writes a file of the container.</summary>
    public Task PublishFileAsync(string path, byte[] content) =>
        new ModelBlobStore(Connection.Blobs).UploadAsync(path, content, TestContext.Current.CancellationToken);

    /// <summary>What the app says of its models on the ready endpoint.</summary>
    internal static async Task<(string Status, string Reason)> StateAsync(WholeApp app)
    {
        var models = (await app.GetAsync("health/ready")).Json["checks"]!["models"]!;
        return ((string)models["status"]!, (string?)models["reason"] ?? "");
    }
}
