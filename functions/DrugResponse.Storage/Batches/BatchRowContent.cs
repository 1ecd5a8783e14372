using Azure;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

/// <summary>The content of a row: sealed in the row, or in a blob that the row names when it is too long for one. Thread-safe.</summary>
/// <param name="blobs">The blob service.</param>
/// <param name="seal">What content passes through.</param>
internal sealed class BatchRowContent(BlobServiceClient blobs, BatchSeal seal)
{
    /// <summary>The property that names the blob of content too long for a row.</summary>
    public const string BlobProperty = "ContentBlob";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(BatchInputStore.ContainerName);

    /// <summary>Puts content into a row, or where the row says.</summary>
    /// <param name="table">The table that the row is for.</param>
    /// <param name="row">The row, which is yet to be written.</param>
    /// <param name="blob">Name of the blob that takes content too long for a row, in the folder of the row's batch.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task StoreAsync(
        string table, TableEntity row, string blob, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var bytes = seal.Seal(PlaceOf(table, row), content.Span);
        if (bytes.Length <= ContentParts.MaxInRow)
        {
            ContentParts.Store(bytes, row);
            return;
        }

        await _container.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken).ConfigureAwait(false);
        row[BlobProperty] = blob;
    }

    /// <summary>Reads the content of a row.</summary>
    /// <param name="table">The table that the row is of.</param>
    /// <param name="row">The row with all its properties.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async ValueTask<byte[]> LoadAsync(string table, TableEntity row, CancellationToken cancellationToken) => seal.Open(
        PlaceOf(table, row),
        row.GetString(BlobProperty) is { } blob
            ? (await _container.GetBlobClient(blob).DownloadContentAsync(cancellationToken).ConfigureAwait(false)).Value.Content.ToMemory()
            : ContentParts.Load(row));

    /// <summary>Removes content of a row that lies in a blob.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task RemoveAsync(TableEntity row, CancellationToken cancellationToken) => row.GetString(BlobProperty) is { } blob
        ? _container.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellationToken)
        : Task.CompletedTask;

    // The content of a row belongs to the row also when it lies in a blob. A partition of batches begins with its tenant.
    private static EnvelopePlace PlaceOf(string table, TableEntity row) => new(
        TenantName.Parse(row.PartitionKey.AsSpan(0, row.PartitionKey.IndexOf('~', StringComparison.Ordinal)).ToString()),
        $"{table}/{row.PartitionKey}/{row.RowKey}");
}
