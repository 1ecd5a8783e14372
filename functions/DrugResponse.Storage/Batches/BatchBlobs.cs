using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Storage.Batches;

/// <summary>Names of the blobs of batches, and what is common to them.</summary>
internal static class BatchBlobs
{
    /// <summary>The beginning of the names of all that a batch, or an upload, keeps in blobs.</summary>
    public static string FolderOf(TenantName tenant, BatchId id) => $"{tenant}/{id}/";

    /// <summary>The tenant and id that a blob's name begins with; null when it begins otherwise.</summary>
    public static (TenantName Tenant, BatchId Id)? OwnerOf(string blob) =>
        blob.Split('/') is [var tenantText, var idText, _]
        && TenantName.TryParse(tenantText, out var tenant)
        && BatchId.TryParse(idText, out var id)
            ? (tenant, id)
            : null;

    /// <summary>Where a part of an input lies: nowhere else does it open.</summary>
    /// <exception cref="InvalidDataException">The blob's name is not one of an input.</exception>
    public static EnvelopePlace PlaceOf(string blob, long offset) => OwnerOf(blob) is var (tenant, _)
        ? new(tenant, string.Create(CultureInfo.InvariantCulture, $"{BatchInputStore.ContainerName}/{blob}@{offset}"))
        : throw new InvalidDataException("The name of an input does not say whose it is.");

    /// <summary>Removes a blob with its blocks that were never committed, which nothing but a commit lets go of before a week is
    /// over.</summary>
    public static async Task DiscardAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        await blob.CommitBlockListAsync([], new CommitBlockListOptions(), cancellationToken).ConfigureAwait(false);
        await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes all blobs of a folder.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> DeleteFolderAsync(BlobContainerClient container, string folder, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var blob in container.GetBlobsAsync(prefix: folder, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }
}
