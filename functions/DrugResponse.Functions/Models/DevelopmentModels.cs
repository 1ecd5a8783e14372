using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrugResponse.Functions.Hosting;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;

namespace DrugResponse.Functions.Models;

/// <summary>
/// In Development, publishes the repository's <c>models/</c> into an empty container, so that a first start has something to
/// score with, and again when they change. What somebody else has published since is left alone. Elsewhere it does nothing.
/// </summary>
internal sealed partial class DevelopmentModels(ModelBlobStore blobs, IHostEnvironment environment, ILogger<DevelopmentModels> logger)
{
    private const string Folder = "models";

    /// <summary>Holds the hash of the registry that was published from here: how this class knows its own work.</summary>
    private const string SeedPath = "development-seed.txt";

    private const int MaxSeedBytes = 1024;

    private bool _done;

    /// <summary>Publishes when there is nothing, or only what an earlier start published. Looks once per process.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (_done || !environment.IsDevelopment())
            return;
        if (RepositoryRoot.Find() is { } root && File.Exists(Path.Combine(root, Folder, ModelBlobStore.RegistryPath)))
            await PublishAsync(Path.Combine(root, Folder), cancellationToken);
        _done = true;
    }

    private async Task PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var registryJson = await File.ReadAllBytesAsync(Path.Combine(folder, ModelBlobStore.RegistryPath), cancellationToken);
        var published = await blobs.ReadRegistryAsync(cancellationToken: cancellationToken);
        if (published.State == ModelRegistryState.Changed && published.Content.Span.SequenceEqual(registryJson))
            return;
        if (published.State == ModelRegistryState.Changed && await ReadSeedAsync(cancellationToken) != Hash(published.Content.Span))
        {
            LogDiffers(logger, folder);
            return;
        }

        var registry = JsonSerializer.Deserialize(registryJson, ModelJson.Default.ModelRegistry)!;
        var files = registry.Endpoints.SelectMany(endpoint => endpoint.Versions).SelectMany(version => version.ListFiles());
        await Parallel.ForEachAsync(files, cancellationToken, async (file, token) =>
            await blobs.UploadAsync(file.Path, await File.ReadAllBytesAsync(Path.Combine(folder, file.Path), token), token));

        // The registry last, since whoever sees it expects all that it names.
        await blobs.UploadAsync(SeedPath, Encoding.ASCII.GetBytes(Hash(registryJson)), cancellationToken);
        await blobs.UploadAsync(ModelBlobStore.RegistryPath, registryJson, cancellationToken);
        LogPublished(logger, folder);
    }

    private static string Hash(ReadOnlySpan<byte> registry) => Convert.ToHexStringLower(SHA256.HashData(registry));

    private async Task<string?> ReadSeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.ASCII.GetString((await blobs.DownloadAsync(SeedPath, MaxSeedBytes, cancellationToken)).Content);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Published {Folder} into the model container.")]
    private static partial void LogPublished(ILogger logger, string folder);

    [LoggerMessage(LogLevel.Warning, "The model container holds models published by somebody else than a development start; they are used, and not those of {Folder}.")]
    private static partial void LogDiffers(ILogger logger, string folder);
}
