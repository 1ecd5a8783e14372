using Azure.Identity;
using Azure.Storage.Queues;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Finds the storage account behind the <c>connection</c> of a queue trigger by the rules of the Functions host: the name
/// with <c>AzureWebJobs</c> before it goes first, a plain value is a connection string, a section is an identity.
/// </summary>
/// <param name="configuration">The settings.</param>
internal sealed class TriggerConnections(IConfiguration configuration)
{
    private const string Prefix = "AzureWebJobs";

    /// <summary>Opens a queue service.</summary>
    /// <param name="connection">The connection's name.</param>
    /// <param name="options">How to talk to it.</param>
    /// <returns>A client; nothing has been sent yet.</returns>
    /// <exception cref="StartupException">No such connection is set, or it is malformed.</exception>
    public QueueServiceClient OpenQueues(string connection, QueueClientOptions options)
    {
        var prefixed = configuration.GetSection(Prefix + connection);
        var section = prefixed.Exists() ? prefixed : configuration.GetSection(connection);
        try
        {
            if (!string.IsNullOrWhiteSpace(section.Value))
                return new QueueServiceClient(section.Value, options);

            if (section["accountName"] is { Length: > 0 } account)
                return new QueueServiceClient(new Uri($"https://{account}.queue.core.windows.net"), Credential(section), options);

            if (section["queueServiceUri"] is { Length: > 0 } address)
                return new QueueServiceClient(new Uri(address), Credential(section), options);
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
        {
            // The message of the cause may hold the connection string, and so a key.
            throw new StartupException($"The storage connection '{connection}' is malformed ({malformed.GetType().Name}).");
        }

        throw new StartupException(
            $"The storage connection '{connection}' is not set: give it a connection string, "
            + $"or {connection}__accountName for an identity.");
    }

    private static DefaultAzureCredential Credential(IConfigurationSection section) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
}
