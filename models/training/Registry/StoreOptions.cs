using System.CommandLine;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace DrugResponse.Training.Registry;

/// <summary>The options that say which registry a command is about.</summary>
internal static class StoreOptions
{
    private const string ConnectionVariable = "AzureWebJobsStorage";
    private const string Emulator = "UseDevelopmentStorage=true";

    /// <summary><c>--models</c>: the folder of a registry.</summary>
    public static Option<DirectoryInfo> Folder(string name = "--models") => new(name)
    {
        Description = "Folder of registry.json.",
        DefaultValueFactory = static _ => new DirectoryInfo("models"),
    };

    /// <summary><c>--connection</c>: the storage account of a container; given without a value it means the usual one.</summary>
    public static Option<string?> Connection() => new("--connection")
    {
        Description = "Connection string, or address of the blob service (https://…, with the identity of whoever runs this). "
            + $"Without a value: {ConnectionVariable}, else the emulator.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The store that the options name: the container where <c>--connection</c> was given, else the folder.</summary>
    /// <exception cref="RegistryCommandException">The connection is none.</exception>
    public static ModelStore Open(ParseResult result, Option<DirectoryInfo> folder, Option<string?> connection) =>
        result.GetResult(connection) is { Implicit: false }
            ? OpenContainer(result.GetValue(connection))
            : new FolderStore(result.GetRequiredValue(folder).FullName);

    /// <summary>The container of an account.</summary>
    /// <param name="connection">What the option was given; null for the usual account.</param>
    /// <exception cref="RegistryCommandException">The connection is none.</exception>
    public static ContainerStore OpenContainer(string? connection)
    {
        var named = connection ?? Environment.GetEnvironmentVariable(ConnectionVariable);
        try
        {
            return new ContainerStore(Connect(string.IsNullOrWhiteSpace(named) ? Emulator : named));
        }
        catch (FormatException)
        {
            // Without its cause, whose text may quote the key.
            throw new RegistryCommandException("The connection is neither a connection string nor the address of a blob service.");
        }
    }

    private static BlobServiceClient Connect(string connection) =>
        connection.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(connection, UriKind.Absolute, out var address)
            ? new BlobServiceClient(address, new DefaultAzureCredential())
            : new BlobServiceClient(connection);
}
