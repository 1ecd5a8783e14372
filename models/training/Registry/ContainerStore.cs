using Azure.Storage.Blobs;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;

namespace DrugResponse.Training.Registry;

/// <summary>A registry in the blob container that the service reads.</summary>
internal sealed class ContainerStore(BlobServiceClient service) : ModelStore
{
    private readonly ModelBlobStore _blobs = new(service);

    public override string Name => $"the container {ModelBlobStore.ContainerName} of {service.AccountName}";

    public override bool IsSource => false;

    /// <summary>Creates the container if there is none.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken) =>
        service.GetBlobContainerClient(ModelBlobStore.ContainerName).CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    public override async Task<StoredRegistry?> ReadRegistryAsync(CancellationToken cancellationToken)
    {
        var read = await _blobs.ReadRegistryAsync(cancellationToken: cancellationToken);
        return read.State == ModelRegistryState.Absent ? null : new StoredRegistry(read.Content, read.ETag);
    }

    public override Task<bool> TryReplaceRegistryAsync(
        ReadOnlyMemory<byte> json, StoredRegistry? known, CancellationToken cancellationToken) =>
        _blobs.TryReplaceRegistryAsync(json, known?.Tag ?? default, cancellationToken);

    public override async Task<ReadOnlyMemory<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await _blobs.DownloadAsync(path, MaxFileBytes, cancellationToken)).Content;
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

    public override Task WriteFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _blobs.UploadAsync(path, content, cancellationToken);

    public override Task<bool> HasSignaturesAsync(CancellationToken cancellationToken) =>
        _blobs.HasAnyAsync(RegistrySignature.Folder + "/", cancellationToken);

    /// <summary>Writes a file unless there is one of its path.</summary>
    /// <returns>Whether it was written.</returns>
    public Task<bool> TryAddFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _blobs.TryAddAsync(path, content, cancellationToken);
}
