using Azure.Storage.Blobs;
using DrugResponse.Storage.Access;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Models;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Storage;

/// <summary>Every table, queue and container that the application uses; each name is declared beside its owner.</summary>
public static class StorageSchema
{
    /// <summary>The tables.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        PatientStore.TableName,
        PredictionStore.TableName,
        IdempotencyStore.TableName,
        QueueFailureStore.TableName,
        ApiKeyStore.TableName,
        AuditStore.TableName,
        ErasureStore.TableName,
        BatchStore.TableName,
        BatchChunkStore.TableName,
        BatchResultStore.TableName,
        RegistryRevisionStore.TableName,
    ];

    /// <summary>
    /// The queues. Where a queue's messages go that fail too often, the host makes a queue of its own, named with <c>-poison</c>.
    /// </summary>
    public static IReadOnlyList<string> Queues { get; } = [PredictionRequests.QueueName, BatchQueues.ChunkQueueName, BatchQueues.ControlQueueName];

    /// <summary>The containers; that of uploads may lie in an account of its own.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [
        ModelBlobStore.ContainerName,
        PredictionStore.ContainerName,
        QueuedRequestStore.ContainerName,
        AuditAnchorStore.ContainerName,
        BatchInputStore.ContainerName,
        BatchUploadStore.ContainerName,
    ];

    /// <summary>Creates what is absent, all at once. What exists is left as it is.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="cancellationToken">Cancels; what was created stays.</param>
    /// <exception cref="Azure.RequestFailedException">Storage refused or is out of reach.</exception>
    public static Task EnsureCreatedAsync(StorageConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Task.WhenAll(
        [
            .. Tables.Select(Task (name) => connection.Tables.CreateTableIfNotExistsAsync(name, cancellationToken)),
            .. Queues.Select(Task (name) => connection.Queues.GetQueueClient(name).CreateIfNotExistsAsync(null, cancellationToken)),
            .. Containers.Select(
                Task (name) => ContainerOf(name, connection).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        ]);
    }

    private static BlobContainerClient ContainerOf(string name, StorageConnection connection) =>
        (name == BatchUploadStore.ContainerName ? connection.UploadBlobs : connection.Blobs).GetBlobContainerClient(name);
}
