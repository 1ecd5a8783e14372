using System.Text.Json;
using DrugResponse.Functions.Hosting;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;

namespace DrugResponse.Functions.Models;

/// <summary>
/// In Development, publishes the repository's <c>models/</c> into an empty container, so that a first start has something to
/// score with. Elsewhere it does nothing.
/// </summary>
internal sealed partial class DevelopmentModels(ModelBlobStore blobs, IHostEnvironment environment, ILogger<DevelopmentModels> logger)
{
    private const string Folder = "models";

    private bool _done;

    /// <summary>Publishes unless the container has files. Looks only once per process.</summary>
    public async Task PublishWhenEmptyAsync(CancellationToken cancellationToken)
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
        if (!await blobs.IsEmptyAsync(cancellationToken))
        {
            var published = await blobs.ReadRegistryAsync(cancellationToken: cancellationToken);
            if (!published.Content.Span.SequenceEqual(registryJson))
                LogDiffers(logger, folder);
            return;
        }

        var registry = JsonSerializer.Deserialize(registryJson, ModelJson.Default.ModelRegistry)!;
        var files = registry.Endpoints.SelectMany(endpoint => endpoint.Versions).SelectMany(version => new[] { version.Model, version.Card });
        await Parallel.ForEachAsync(files, cancellationToken, async (file, token) =>
            await blobs.UploadAsync(file, await File.ReadAllBytesAsync(Path.Combine(folder, file), token), token));

        // Last, since whoever sees the registry expects all that it names.
        await blobs.UploadAsync(ModelBlobStore.RegistryPath, registryJson, cancellationToken);
        LogPublished(logger, folder);
    }

    [LoggerMessage(LogLevel.Information, "The model container was empty: published {Folder}.")]
    private static partial void LogPublished(ILogger logger, string folder);

    [LoggerMessage(LogLevel.Warning, "The published models differ from {Folder}; the published ones are used. Delete the emulator's data to publish anew.")]
    private static partial void LogDiffers(ILogger logger, string folder);
}
