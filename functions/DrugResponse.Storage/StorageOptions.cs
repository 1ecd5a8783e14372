using Azure.Core.Pipeline;

namespace DrugResponse.Storage;

/// <summary>
/// Where storage is: <b>either</b> a connection string, <b>or</b> an account name, <b>or</b> the three service addresses. The latter two
/// need a token credential. The names are those under which the Functions host takes identity-based connections
/// (<c>AzureWebJobsStorage__accountName</c>, <c>AzureWebJobsStorage__blobServiceUri</c>, ...), so that one section of the configuration
/// serves both.
/// </summary>
public sealed record StorageOptions
{
    /// <summary>A connection string with a key, or <c>UseDevelopmentStorage=true</c> for Azurite at its usual ports.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account's name in the public Azure cloud. In other clouds give the addresses.</summary>
    public string? AccountName { get; init; }

    /// <summary>The blob service's address.</summary>
    public Uri? BlobServiceUri { get; init; }

    /// <summary>The queue service's address.</summary>
    public Uri? QueueServiceUri { get; init; }

    /// <summary>The table service's address.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>The account that callers' uploads lie in, if it is another one: its name, reached with the token credential.</summary>
    public string? UploadAccountName { get; init; }

    /// <summary>The same by a connection string with a key.</summary>
    public string? UploadConnectionString { get; init; }

    /// <summary>
    /// How long one attempt of a table or queue request may take. Default 3 seconds: rows and messages are small, and a service that does
    /// not answer must become an error before the caller at the counter gives up.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a blob request may go without progress. Default 30 seconds: blobs are megabytes, and none is read while somebody waits
    /// but a very large answer.
    /// </summary>
    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Steps that every request passes through once, before it is signed and however often it is then repeated; to watch requests, or to
    /// disturb them.
    /// </summary>
    public IReadOnlyList<HttpPipelinePolicy> Policies { get; init; } = [];

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence per fault; empty if there is none.</returns>
    public IReadOnlyList<string> FindFaults()
    {
        var faults = new List<string>();
        var addresses = new[] { BlobServiceUri, QueueServiceUri, TableServiceUri }.Count(address => address is not null);
        var ways = (HasConnectionString ? 1 : 0) + (HasAccountName ? 1 : 0) + (addresses > 0 ? 1 : 0);
        if (ways != 1)
            faults.Add("Give exactly one of ConnectionString, AccountName, or BlobServiceUri with QueueServiceUri and TableServiceUri.");
        if (addresses is 1 or 2)
            faults.Add("BlobServiceUri, QueueServiceUri and TableServiceUri belong together: give all three.");
        if (!string.IsNullOrWhiteSpace(UploadAccountName) && !string.IsNullOrWhiteSpace(UploadConnectionString))
            faults.Add("Give one of UploadAccountName and UploadConnectionString, or none.");
        if (RequestTimeout <= TimeSpan.Zero)
            faults.Add("RequestTimeout must be positive.");
        if (TransferTimeout <= TimeSpan.Zero)
            faults.Add("TransferTimeout must be positive.");

        return faults;
    }

    internal bool HasConnectionString => !string.IsNullOrWhiteSpace(ConnectionString);

    internal bool NeedsCredential => !HasConnectionString || !string.IsNullOrWhiteSpace(UploadAccountName);

    internal bool HasAccountName => !string.IsNullOrWhiteSpace(AccountName);

    // Records print their properties; this one may hold a key.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(HasConnectionString ? "a connection string" : AccountName ?? TableServiceUri?.ToString());
        return true;
    }
}
