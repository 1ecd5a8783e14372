using System.Collections.Concurrent;
using Azure;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage;
using DrugResponse.Storage.Models;

namespace DrugResponse.Functions.Models;

/// <summary>
/// Reads the published set of models. After the first time it fetches only files that were written since, whatever their names and
/// hashes in the registry: a file that was spoilt under its old name is noticed too. The first time it takes the files from the bundle that
/// an earlier process has left, if that fits the registry. Not thread-safe.
/// </summary>
internal sealed class PublishedModels(
    ModelBlobStore blobs, DevelopmentModels development, RegistryTrust trust, RegistryRevisions revisions)
{
    private const int MaxArchiveBytes = 64 * 1024 * 1024;

    // A set is hundreds of files, all or nothing: without repeating single ones, a storage that fails now and then would never give one.
    private const int Attempts = 3;

    private readonly Dictionary<string, ETag> _loadedTags = new(StringComparer.Ordinal);
    private ModelSet? _loaded;
    private ETag _registryTag;
    private ModelBundle? _unsaved;

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
        var bundleRead = _loaded is null ? ReadBundleAsync(cancellationToken) : Task.FromResult<ModelBundle?>(null);
        var registryRead = blobs.ReadRegistryAsync(known, cancellationToken);
        await Task.WhenAll(registryRead, bundleRead);
        var (registry, bundle) = (await registryRead, await bundleRead);
        if (registry.State == ModelRegistryState.Absent)
            throw new ModelSetException(
                [$"The container {ModelBlobStore.ContainerName} has no {ModelBlobStore.RegistryPath}: nothing was published."]);
        if (registry.State == ModelRegistryState.Unchanged)
            return null;
        if (bundle?.BelongsTo(registry.Content.Span) == false)
            bundle = null;

        await trust.RequireSignedAsync(registry.Content, cancellationToken);
        var revision = await revisions.RequireNotOlderAsync(registry.Content, cancellationToken);
        var (set, files) = await LoadAsync(registry.Content, bundle, cancellationToken);
        await revisions.NoteAsync(revision, cancellationToken);
        if (_loaded is null && bundle is null && set.CandidateFaults.Count == 0)
            _unsaved = ModelBundle.Of(registry.Content.Span, files);

        // Only now: what a refused set fetched is not what the models in use were made of.
        foreach (var (path, file) in files)
            _loadedTags[path] = file.ETag;
        _loaded = set;
        _registryTag = registry.ETag;
        return set;
    }

    /// <summary>Leaves a bundle for the next fresh process, if the first read found none. Nothing but that process's pace depends on it.</summary>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task SaveBundleAsync(CancellationToken cancellationToken)
    {
        if (_unsaved is not { } bundle)
            return;
        _unsaved = null;
        await blobs.UploadAsync(ModelBundle.Path, bundle.ToBytes(), cancellationToken);
    }

    private async Task<(ModelSet Set, ConcurrentDictionary<string, BundledFile> Files)> LoadAsync(
        ReadOnlyMemory<byte> registry, ModelBundle? bundle, CancellationToken cancellationToken)
    {
        var files = new ConcurrentDictionary<string, BundledFile>(StringComparer.Ordinal);
        try
        {
            var set = await ModelSetLoader.LoadAsync(
                registry,
                (path, token) => FetchAsync(path, bundle, files, token),
                await FindUnchangedAsync(cancellationToken),
                cancellationToken);
            return (set, files);
        }
        catch (ModelSetException) when (bundle is not null)
        {
            // Perhaps only the copy is spoilt.
            return await LoadAsync(registry, bundle: null, cancellationToken);
        }
    }

    private async Task<ModelBundle?> ReadBundleAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ModelBundle.TryRead((await blobs.DownloadAsync(ModelBundle.Path, ModelBundle.MaxBytes, cancellationToken)).Content);
        }
        catch (Exception exception) when (exception is FileNotFoundException or InvalidDataException)
        {
            return null;
        }
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
        string path, ModelBundle? bundle, ConcurrentDictionary<string, BundledFile> files, CancellationToken cancellationToken)
    {
        try
        {
            // What is at hand would otherwise be bound one model after the other, on one processor.
            await Task.Yield();
            if (bundle?.Find(path) is not { } file)
            {
                var blob = await DownloadAsync(path, cancellationToken);
                file = new BundledFile(blob.Content, blob.ETag);
            }

            files[path] = file;
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
