using System.Collections.Concurrent;
using Azure;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage;
using DrugResponse.Storage.Models;

namespace DrugResponse.Functions.Models;

/// <summary>
/// Reads the published set of models. After the first time it fetches only files that were written since, whatever their names and
/// hashes in the registry: a file that was spoilt under its old name is noticed too. Not thread-safe.
/// </summary>
internal sealed class PublishedModels(ModelBlobStore blobs, DevelopmentModels development, RegistryTrust trust)
{
    private const int MaxArchiveBytes = 64 * 1024 * 1024;

    // A set is hundreds of files, all or nothing: without repeating single ones, a storage that fails now and then would never give one.
    private const int Attempts = 3;

    private readonly Dictionary<string, ETag> _loadedTags = new(StringComparer.Ordinal);
    private ModelSet? _loaded;
    private ETag _registryTag;

    /// <summary>Reads the set if it is not the one that was read last.</summary>
    /// <returns>The set, or null when nothing has changed.</returns>
    /// <exception cref="ModelSetException">What is published cannot be served; every fault is listed.</exception>
    /// <exception cref="InvalidDataException">The registry is too long to be one.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<ModelSet?> ReadAsync(CancellationToken cancellationToken)
    {
        await development.PublishAsync(cancellationToken);
        // A candidate that failed may have been put right since, which the registry does not show.
        var known = _loaded is { CandidateFaults.Count: 0 } ? _registryTag : default;
        var registry = await blobs.ReadRegistryAsync(known, cancellationToken);
        if (registry.State == ModelRegistryState.Absent)
            throw new ModelSetException(
                [$"The container {ModelBlobStore.ContainerName} has no {ModelBlobStore.RegistryPath}: nothing was published."]);
        if (registry.State == ModelRegistryState.Unchanged)
            return null;

        await trust.RequireSignedAsync(registry.Content, cancellationToken);
        var fetched = new ConcurrentDictionary<string, ETag>(StringComparer.Ordinal);
        var set = await ModelSetLoader.LoadAsync(
            registry.Content,
            (path, token) => FetchAsync(path, fetched, token),
            await FindUnchangedAsync(cancellationToken),
            cancellationToken);

        // Only now: what a refused set fetched is not what the models in use were made of.
        foreach (var (path, tag) in fetched)
            _loadedTags[path] = tag;
        _loaded = set;
        _registryTag = registry.ETag;
        return set;
    }

    private async Task<LoadedModels?> FindUnchangedAsync(CancellationToken cancellationToken)
    {
        if (_loaded is null)
            return null;

        var tags = await blobs.ListAsync(cancellationToken);
        return new LoadedModels(
            _loaded, path => tags.TryGetValue(path, out var now) && _loadedTags.TryGetValue(path, out var then) && now == then);
    }

    private async Task<ReadOnlyMemory<byte>?> FetchAsync(
        string path, ConcurrentDictionary<string, ETag> fetched, CancellationToken cancellationToken)
    {
        try
        {
            var file = await DownloadAsync(path, cancellationToken);
            fetched[path] = file.ETag;
            return file.Content;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            throw new ModelSetException([exception.Message]);
        }
    }

    private async Task<ModelBlob> DownloadAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await blobs.DownloadAsync(path, MaxArchiveBytes, cancellationToken);
            }
            catch (Exception exception) when (attempt < Attempts && StorageOutage.IsOutage(exception, cancellationToken))
            {
                // The client has waited between its own attempts already.
            }
        }
    }
}
