using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DrugResponse.Storage.Batches;

/// <summary>Keeps the inputs of batches, each in one blob: its chunks one after the other, and behind them the list of chunks.
/// Thread-safe.</summary>
/// <param name="blobs">The blob service.</param>
/// <param name="seal">What content passes through.</param>
public sealed class BatchInputStore(BlobServiceClient blobs, BatchSeal seal)
{
    /// <summary>The container of everything that batches keep in blobs; names begin with tenant and batch.</summary>
    public const string ContainerName = "batches";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Begins a new input. Nothing of it is to be seen before it is committed.</summary>
    /// <param name="tenant">Whose input.</param>
    /// <param name="id">An id that no other input of the tenant has.</param>
    public BatchInputWriter Create(TenantName tenant, BatchId id) =>
        new(_container.GetBlockBlobClient($"{BatchBlobs.FolderOf(tenant, id)}input"), seal);

    /// <summary>Reads the list of chunks.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FileNotFoundException">The input is not there any more.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<IReadOnlyList<BatchChunk>> ReadIndexAsync(BatchInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var index = await ReadAsync(input.Blob, input.IndexOffset, input.IndexLength, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(index, BatchJson.Default.IReadOnlyListBatchChunk)
            ?? throw new InvalidDataException("The list of chunks of an input is null.");
    }

    /// <summary>Reads a chunk's content.</summary>
    /// <param name="blob">Name of the blob.</param>
    /// <param name="offset">Where the content begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FileNotFoundException">The input is not there any more.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<byte[]> ReadAsync(string blob, long offset, int length, CancellationToken cancellationToken = default)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
        try
        {
            var content = await _container.GetBlobClient(blob).DownloadContentAsync(options, cancellationToken).ConfigureAwait(false);
            return seal.Open(BatchBlobs.PlaceOf(blob, offset), content.Value.Content.ToMemory());
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            throw new FileNotFoundException($"The container {ContainerName} has no {blob}.", blob, failure);
        }
    }

    /// <summary>Removes an input. Does nothing if it is not there.</summary>
    /// <param name="blob">Name of the blob.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task DeleteAsync(string blob, CancellationToken cancellationToken = default) =>
        _container.GetBlobClient(blob).DeleteIfExistsAsync(cancellationToken: cancellationToken);
}
