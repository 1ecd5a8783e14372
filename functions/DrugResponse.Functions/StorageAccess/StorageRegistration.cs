using Azure.Identity;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Models;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.StorageAccess;

/// <summary>Registers the storage account and the stores on it.</summary>
internal static class StorageRegistration
{
    /// <summary>The connection that the Functions host uses too; identity-based settings stand below it.</summary>
    private const string ConnectionName = QueueTrigger.DefaultConnection;

    /// <summary>Adds connection, stores, creation of what is absent, and the readiness check.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(static provider => Connect(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(static provider => provider.GetRequiredService<StorageConnection>().Tables);
        services.AddSingleton(static provider => provider.GetRequiredService<StorageConnection>().Blobs);
        services.AddSingleton(static provider => provider.GetRequiredService<StorageConnection>().Queues);
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<PatientStore>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<PredictionStore>();
        services.AddSingleton<QueueFailureStore>();
        services.AddSingleton<QueuedRequestStore>();
        services.AddSingleton<ModelBlobStore>();
        services.AddSingleton<RegistryRevisionStore>();
        services.AddSingleton<BatchSeal>();
        services.AddSingleton<BatchStore>();
        services.AddSingleton<BatchInputStore>();
        services.AddSingleton(static provider => new BatchUploadStore(provider.GetRequiredService<StorageConnection>().UploadBlobs));
        services.AddSingleton<BatchChunkStore>();
        services.AddSingleton<BatchResultStore>();
        services.AddSingleton<BatchSummaryStore>();
        services.AddSingleton<BatchQueues>();
        services.AddSingleton<BatchRemoval>();
        services.AddSingleton<StorageSetup>();
        services.AddHostedService(static provider => provider.GetRequiredService<StorageSetup>());
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage");
    }

    private static StorageConnection Connect(IConfiguration configuration)
    {
        var section = configuration.GetSection(ConnectionName);
        var uploads = configuration.GetSection(UploadStorageSettings.Section).Get<UploadStorageSettings>();
        var options = new StorageOptions
        {
            ConnectionString = section.Value,
            AccountName = section["accountName"],
            BlobServiceUri = section.GetValue<Uri?>("blobServiceUri"),
            QueueServiceUri = section.GetValue<Uri?>("queueServiceUri"),
            TableServiceUri = section.GetValue<Uri?>("tableServiceUri"),
            UploadAccountName = uploads?.AccountName,
            UploadConnectionString = uploads?.ConnectionString,
        };
        var faults = options.FindFaults();
        if (faults.Count > 0)
            throw new StartupException($"{ConnectionName} or {UploadStorageSettings.Section} is not usable. {string.Join(' ', faults)}");
        try
        {
            return new StorageConnection(
                options,
                options.ConnectionString is null || options.UploadAccountName is not null
                    ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] })
                    : null);
        }
        catch (FormatException)
        {
            // Without its cause, whose text may quote the key.
            throw new StartupException($"The connection string {ConnectionName} or that of {UploadStorageSettings.Section} is malformed.");
        }
    }
}
