using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DrugResponse.Storage.Batches;

/// <summary>Removes what is not to be kept any longer. Whatever is removed half-way is removed to the end the next time. Thread-safe.</summary>
/// <param name="connection">The storage account.</param>
/// <param name="batches">The batches.</param>
/// <param name="chunks">Their chunks.</param>
/// <param name="results">Their results.</param>
public sealed class BatchRemoval(StorageConnection connection, BatchStore batches, BatchChunkStore chunks, BatchResultStore results)
{
    private readonly BlobContainerClient _container = connection.Blobs.GetBlobContainerClient(BatchInputStore.ContainerName);
    private readonly BlobContainerClient _uploads = connection.UploadBlobs.GetBlobContainerClient(BatchUploadStore.ContainerName);

    /// <summary>Removes a batch with all that it has. Its row goes last, so that it is found again if the removal breaks off.</summary>
    /// <param name="batch">The batch; it must have ended.</param>
    /// <param name="rows">Takes how many results and errors are gone, as soon as they are.</param>
    /// <param name="cancellationToken">Ends the removal; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task RemoveAsync(BatchRecord batch, RemovalCount rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(rows);
        for (var chunk = 0; chunk < (batch.Input?.Chunks ?? 0); chunk++)
            await results.DeleteAsync(batch.Tenant, batch.Id, chunk, rows, cancellationToken).ConfigureAwait(false);
        await chunks.DeleteAsync(batch.Tenant, batch.Id, cancellationToken).ConfigureAwait(false);
        await RemoveInputAsync(batch, cancellationToken).ConfigureAwait(false);
        await BatchBlobs.DeleteFolderAsync(_container, BatchBlobs.FolderOf(batch.Tenant, batch.Id), cancellationToken).ConfigureAwait(false);
        await batches.DeleteAsync(batch.Tenant, batch.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the input of a batch and notes it.</summary>
    /// <param name="batch">The batch; it must have ended.</param>
    /// <param name="cancellationToken">Ends the removal.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task RemoveInputAsync(BatchRecord batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Input is { } input)
            await _container.DeleteBlobIfExistsAsync(input.Blob, cancellationToken: cancellationToken).ConfigureAwait(false);
        await batches
            .ChangeAsync(batch.Tenant, batch.Id, static current => current.IsInputRemoved ? current : current with { IsInputRemoved = true }, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Removes blobs that nobody refers to: of submissions that broke off, and uploads that were never submitted.</summary>
    /// <param name="isReferred">Says of a blob's name whether somebody refers to it.</param>
    /// <param name="before">Only what was begun before this instant.</param>
    /// <param name="removed">Takes whose they were, one by one.</param>
    /// <param name="cancellationToken">Ends the removal; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task RemoveOrphansAsync(
        Func<TenantName, BatchId, string, bool> isReferred,
        DateTimeOffset before,
        RemovalCount removed,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReferred);
        ArgumentNullException.ThrowIfNull(removed);
        await RemoveOrphansAsync(_container, isReferred, before, removed, cancellationToken).ConfigureAwait(false);
        await RemoveOrphansAsync(_uploads, isReferred, before, removed, cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveOrphansAsync(
        BlobContainerClient container,
        Func<TenantName, BatchId, string, bool> isReferred,
        DateTimeOffset before,
        RemovalCount removed,
        CancellationToken cancellationToken)
    {
        await foreach (var blob in container
            .GetBlobsAsync(states: BlobStates.Uncommitted, cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            if (BatchBlobs.OwnerOf(blob.Name) is not var (tenant, id) || id.CreatedAt >= before || isReferred(tenant, id, blob.Name))
                continue;

            // A submission that was sent again takes an old id: its batch may have been committed after the batches were listed.
            if (await batches.GetAsync(tenant, id, cancellationToken).ConfigureAwait(false) is not null)
                continue;

            await BatchBlobs.DiscardAsync(container.GetBlockBlobClient(blob.Name), cancellationToken).ConfigureAwait(false);
            removed.Add(tenant, 1);
        }
    }
}
