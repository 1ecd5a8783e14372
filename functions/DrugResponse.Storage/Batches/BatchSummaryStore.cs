using Azure;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Storage.Batches;

/// <summary>Keeps the summaries of batches that have ended, each in a blob. Thread-safe.</summary>
/// <param name="blobs">The blob service.</param>
/// <param name="seal">What content passes through.</param>
public sealed class BatchSummaryStore(BlobServiceClient blobs, BatchSeal seal)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(BatchInputStore.ContainerName);

    /// <summary>Keeps a summary, in place of an earlier one.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="content">The summary.</param>
    /// <param name="cancellationToken">Cancels the call; the summary may be kept all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task WriteAsync(TenantName tenant, BatchId batch, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        BlobOf(tenant, batch).UploadAsync(BinaryData.FromBytes(seal.Seal(PlaceOf(tenant, batch), content.Span)), overwrite: true, cancellationToken);

    /// <summary>Reads a summary.</summary>
    /// <param name="tenant">Whose batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The summary, or <see langword="null"/> if none is kept.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async Task<byte[]?> ReadAsync(TenantName tenant, BatchId batch, CancellationToken cancellationToken = default)
    {
        try
        {
            var content = await BlobOf(tenant, batch).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return seal.Open(PlaceOf(tenant, batch), content.Value.Content.ToMemory());
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    private static EnvelopePlace PlaceOf(TenantName tenant, BatchId batch) => new(tenant, $"{BatchInputStore.ContainerName}/{batch}/summary");

    private BlobClient BlobOf(TenantName tenant, BatchId batch) => _container.GetBlobClient($"{BatchBlobs.FolderOf(tenant, batch)}summary");
}
