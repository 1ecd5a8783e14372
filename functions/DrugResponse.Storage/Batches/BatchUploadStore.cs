using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace DrugResponse.Storage.Batches;

/// <summary>Gives addresses to which callers send inputs by themselves, and reads what they sent. Thread-safe.</summary>
/// <param name="blobs">The blob service that callers reach: <see cref="StorageConnection.UploadBlobs"/>.</param>
public sealed class BatchUploadStore(BlobServiceClient blobs)
{
    /// <summary>The container of uploads; names begin with tenant and upload id.</summary>
    public const string ContainerName = "batch-uploads";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Makes an address that takes blocks until it expires. Whoever knows it can write this one blob, and nothing else.</summary>
    /// <param name="tenant">Whose upload.</param>
    /// <param name="uploadId">The upload.</param>
    /// <param name="expiresAt">When the address stops working.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<Uri> CreateAddressAsync(
        TenantName tenant, BatchId uploadId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        var blob = BlobOf(tenant, uploadId);
        var signature = new BlobSasBuilder(BlobSasPermissions.Create | BlobSasPermissions.Write, expiresAt)
        {
            BlobContainerName = ContainerName,
            BlobName = blob.Name,
            Resource = "b",
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        if (blob.CanGenerateSasUri)
            return blob.GenerateSasUri(signature);

        var key = await blobs.GetUserDelegationKeyAsync(startsOn: null, expiresAt, cancellationToken).ConfigureAwait(false);
        return new BlobUriBuilder(blob.Uri) { Sas = signature.ToSasQueryParameters(key.Value, blobs.AccountName) }.ToUri();
    }

    /// <summary>Looks for what was sent.</summary>
    /// <param name="tenant">Whose upload; that of another tenant is not found.</param>
    /// <param name="uploadId">The upload.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its version and length, or <see langword="null"/> if nothing was committed.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<(ETag ETag, long Length)?> FindAsync(TenantName tenant, BatchId uploadId, CancellationToken cancellationToken = default)
    {
        try
        {
            var properties = await BlobOf(tenant, uploadId).GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return (properties.Value.ETag, properties.Value.ContentLength);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Opens what was sent for reading from its beginning.</summary>
    /// <param name="tenant">Whose upload.</param>
    /// <param name="uploadId">The upload.</param>
    /// <param name="version">The version to read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content, or <see langword="null"/> if it is not there any more in that version.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<Stream?> OpenAsync(TenantName tenant, BatchId uploadId, ETag version, CancellationToken cancellationToken = default)
    {
        const int BufferBytes = 4 * 1024 * 1024;
        var options = new BlobOpenReadOptions(allowModifications: false)
        {
            BufferSize = BufferBytes,
            Conditions = new BlobRequestConditions { IfMatch = version },
        };
        try
        {
            return await BlobOf(tenant, uploadId).OpenReadAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Removes an upload. Does nothing if it is not there.</summary>
    /// <param name="tenant">Whose upload.</param>
    /// <param name="uploadId">The upload.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task DeleteAsync(TenantName tenant, BatchId uploadId, CancellationToken cancellationToken = default) =>
        BlobOf(tenant, uploadId).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private BlobClient BlobOf(TenantName tenant, BatchId uploadId) => _container.GetBlobClient($"{BatchBlobs.FolderOf(tenant, uploadId)}upload");
}
