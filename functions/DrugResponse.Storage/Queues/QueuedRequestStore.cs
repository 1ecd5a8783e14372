using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Storage.Queues;

/// <summary>
/// Keeps requests until they are scored: the body encrypted in a blob, in the queue only where it lies. Thread-safe.
/// </summary>
/// <param name="queues">The queue service.</param>
/// <param name="blobs">The blob service.</param>
/// <param name="cipher">Encrypts the bodies.</param>
public sealed class QueuedRequestStore(QueueServiceClient queues, BlobServiceClient blobs, EnvelopeCipher cipher)
{
    /// <summary>The container of the bodies.</summary>
    public const string ContainerName = "requests";

    private readonly QueueClient _queue = queues.GetQueueClient(PredictionRequests.QueueName);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Keeps a request and puts it on the queue. Doing so again leaves one body and two messages, of which the second finds
    /// nothing to do.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="cancellationToken">Cancels the calls; the request may be on the queue all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task AddAsync(QueuedRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var envelope = cipher.Seal(PlaceOf(request), body.Span);
        await _container
            .GetBlobClient(request.Blob)
            .UploadAsync(BinaryData.FromBytes(envelope), overwrite: true, cancellationToken)
            .ConfigureAwait(false);
        await _queue.SendMessageAsync(BinaryData.FromBytes(request.ToMessage()), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the body of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The body, or <see langword="null"/> if it is gone: the request was scored before.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">The blob is not what was stored.</exception>
    public async Task<byte[]?> FindAsync(QueuedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var blob = await _container.GetBlobClient(request.Blob).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return cipher.Open(PlaceOf(request), blob.Value.Content.ToMemory().Span);
        }
        catch (RequestFailedException failure) when (failure.Status == 404 && failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes the body of a request that needs it no more.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task RemoveAsync(QueuedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _container.DeleteBlobIfExistsAsync(request.Blob, cancellationToken: cancellationToken);
    }

    /// <summary>Reads which requests of a patient are kept, without the claims that they came with.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async IAsyncEnumerable<QueuedRequest> ReadOfAsync(
        TenantName tenant, PatientKey patientKey, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var folder = $"{tenant}/";
        var prefix = folder + PredictionId.PrefixOf(patientKey);
        await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).ConfigureAwait(false))
        {
            if (PredictionId.TryParse(blob.Name[folder.Length..], out var id) && id.PatientKey == patientKey)
                yield return new QueuedRequest(tenant, id);
        }
    }

    /// <summary>Removes the bodies of a patient's requests.</summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<long> RemoveOfAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        long count = 0;
        await foreach (var request in ReadOfAsync(tenant, patientKey, cancellationToken).ConfigureAwait(false))
        {
            await RemoveAsync(request, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    /// <summary>Removes bodies that were stored before an instant and never scored. Reads the names of all.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="removed">Takes whose they were, one by one.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task RemoveOlderAsync(DateTimeOffset before, RemovalCount removed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removed);
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (blob.Properties.LastModified >= before)
                continue;
            await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
            removed.AddBlob(blob.Name);
        }
    }

    private static EnvelopePlace PlaceOf(QueuedRequest request) => new(request.Tenant, $"{ContainerName}/{request.Id}");
}
