using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DrugResponse.Storage.Models;

/// <summary>
/// The container of trained models: <c>registry.json</c>, which says what is active, and the files that it names. Thread-safe.
/// </summary>
/// <remarks>
/// Paths come from a registry that people write, and sizes from blobs that people upload, so both are checked here: a path cannot leave the
/// container, and no download is longer than the caller allows.
/// </remarks>
/// <param name="blobs">The blob service.</param>
public sealed partial class ModelBlobStore(BlobServiceClient blobs)
{
    /// <summary>The container's name.</summary>
    public const string ContainerName = "models";

    /// <summary>Where the registry is.</summary>
    public const string RegistryPath = "registry.json";

    /// <summary>A registry longer than this is refused: it is a list, not data.</summary>
    public const int MaxRegistryBytes = 4 * 1024 * 1024;

    private const int MaxPathLength = 512;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>
    /// Whether a path can name a file here: segments of ASCII letters, digits, dots, hyphens and underscores that begin with a letter or
    /// digit, joined by slashes.
    /// </summary>
    /// <param name="path">The path.</param>
    public static bool IsValidPath(string? path) => path is { Length: <= MaxPathLength } && PathPattern().IsMatch(path);

    /// <summary>Reads the registry if it is not the one that the caller has. One round trip, and without content if unchanged.</summary>
    /// <param name="known">Version that the caller has; the default value if none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">The registry is longer than <see cref="MaxRegistryBytes"/>.</exception>
    public async Task<ModelRegistryRead> ReadRegistryAsync(ETag known = default, CancellationToken cancellationToken = default)
    {
        var options = new BlobDownloadOptions { Conditions = known == default ? null : new BlobRequestConditions { IfNoneMatch = known } };
        try
        {
            var blob = _container.GetBlobClient(RegistryPath);
            var response = await blob.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false);
            if (response.GetRawResponse().Status == 304)
                return new ModelRegistryRead(ModelRegistryState.Unchanged, default, default);

            using var download = response.Value;
            var content = await ReadAsync(RegistryPath, download, MaxRegistryBytes, cancellationToken).ConfigureAwait(false);
            return new ModelRegistryRead(ModelRegistryState.Changed, content, download.Details.ETag);
        }
        catch (RequestFailedException failure) when (failure.Status == 304)
        {
            return new ModelRegistryRead(ModelRegistryState.Unchanged, default, default);
        }
        catch (RequestFailedException failure) when (failure.Status == 404 && failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return new ModelRegistryRead(ModelRegistryState.Absent, default, default);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path in the container.</param>
    /// <param name="maxBytes">Most bytes that the caller takes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The path is none; see <see cref="IsValidPath"/>.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<ModelBlob> DownloadAsync(string path, int maxBytes, CancellationToken cancellationToken = default)
    {
        CheckPath(path);
        try
        {
            var blob = _container.GetBlobClient(path);
            using var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            var content = await ReadAsync(path, download, maxBytes, cancellationToken).ConfigureAwait(false);
            return new ModelBlob(content, download.Details.ETag);
        }
        catch (RequestFailedException failure) when (failure.Status == 404 && failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            throw new FileNotFoundException($"The container {ContainerName} has no {path}.", path, failure);
        }
    }

    /// <summary>Writes a file, in place of an earlier one. Readers see the earlier one or this one, nothing between.</summary>
    /// <param name="path">Its path in the container.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The path is none; see <see cref="IsValidPath"/>.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task UploadAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        CheckPath(path);
        await _container
            .GetBlobClient(path)
            .UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Writes a file unless there is one of its path.</summary>
    /// <param name="path">Its path in the container.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was written; false leaves what is there as it is.</returns>
    /// <exception cref="ArgumentException">The path is none; see <see cref="IsValidPath"/>.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<bool> TryAddAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        CheckPath(path);
        return TryUploadAsync(path, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);
    }

    /// <summary>Writes the registry if it is still the one that the caller has read, so that of two writers one is told.</summary>
    /// <param name="content">The new registry's bytes.</param>
    /// <param name="known">Version of the one that was read; the default value if there was none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was written; false when another one is there now.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<bool> TryReplaceRegistryAsync(ReadOnlyMemory<byte> content, ETag known, CancellationToken cancellationToken = default)
    {
        var conditions = new BlobRequestConditions();
        if (known == default)
            conditions.IfNoneMatch = ETag.All;
        else
            conditions.IfMatch = known;
        if (await TryUploadAsync(RegistryPath, content, conditions, cancellationToken).ConfigureAwait(false))
            return true;

        // Where the answer to a first attempt was lost, the second one finds what the first has written.
        var present = await ReadRegistryAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return present.State == ModelRegistryState.Changed && present.Content.Span.SequenceEqual(content.Span);
    }

    /// <summary>The version of every file, by path.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach, or there is no container.</exception>
    public async Task<IReadOnlyDictionary<string, ETag>> ListAsync(CancellationToken cancellationToken = default)
    {
        var tags = new Dictionary<string, ETag>(StringComparer.Ordinal);
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            // A list has them without the quotes that every other answer has.
            if (blob.Properties.ETag is { } tag)
                tags[blob.Name] = new ETag(tag.ToString("H"));
        }

        return tags;
    }

    /// <summary>Whether the container has no file at all.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach, or there is no container.</exception>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken = default) =>
        !await HasAnyAsync(prefix: "", cancellationToken).ConfigureAwait(false);

    /// <summary>Whether there is any file whose path begins with a text.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach, or there is no container.</exception>
    public async Task<bool> HasAnyAsync(string prefix, CancellationToken cancellationToken = default)
    {
        var pages = _container
            .GetBlobsAsync(prefix: prefix, cancellationToken: cancellationToken)
            .AsPages(pageSizeHint: 1)
            .ConfigureAwait(false);
        await foreach (var page in pages)
            if (page.Values.Count > 0)
                return true;

        return false;
    }

    // A segment cannot begin with a dot: ".." would lead out of the container once the address is normalised.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();

    private async Task<bool> TryUploadAsync(
        string path, ReadOnlyMemory<byte> content, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        try
        {
            await _container
                .GetBlobClient(path)
                .UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = conditions }, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412
            && (failure.ErrorCode == BlobErrorCode.BlobAlreadyExists || failure.ErrorCode == BlobErrorCode.ConditionNotMet))
        {
            return false;
        }
    }

    private static void CheckPath(string path)
    {
        if (!IsValidPath(path))
            throw new ArgumentException($"'{path}' is no path of a file in the container {ContainerName}.", nameof(path));
    }

    private static async Task<byte[]> ReadAsync(
        string path, BlobDownloadStreamingResult download, int maxBytes, CancellationToken cancellationToken)
    {
        var length = download.Details.ContentLength;
        if (length > maxBytes)
            throw new InvalidDataException($"{path} has {length} bytes; at most {maxBytes} are read.");

        var content = new byte[length];
        await download.Content.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        return content;
    }
}
