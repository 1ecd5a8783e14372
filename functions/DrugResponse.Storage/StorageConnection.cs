using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage;

/// <summary>
/// The three services of one storage account, and the blobs of that for uploads. Thread-safe; a process makes one and keeps it, it holds
/// the connections.
/// </summary>
/// <remarks>
/// A request that fails in passing is repeated up to three times within about a second (<see cref="InteractiveRetryPolicy"/>); one without
/// an answer ends after <see cref="StorageOptions.RequestTimeout"/>. So an outage becomes an error within two or three seconds, which
/// callers recognise by <see cref="StorageOutage.IsOutage"/>. Whoever can wait longer, such as a queue, repeats the whole piece of work.
/// </remarks>
public sealed class StorageConnection
{
    /// <summary>Makes the clients; nothing is sent.</summary>
    /// <param name="options">Where storage is.</param>
    /// <param name="credential">Gives tokens; needed unless there are connection strings only.</param>
    /// <exception cref="ArgumentException">The options are faulty; the message lists every fault. It never has a key.</exception>
    /// <exception cref="FormatException">The connection string is malformed.</exception>
    public StorageConnection(StorageOptions options, TokenCredential? credential = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.FindFaults();
        if (options.NeedsCredential && credential is null)
            faults = [.. faults, "Without a connection string a token credential is needed."];
        if (faults.Count > 0)
            throw new ArgumentException("Storage is not configured: " + string.Join(' ', faults), nameof(options));

        var blobOptions = Configure(new BlobClientOptions(), options.TransferTimeout, options);
        var queueOptions = Configure(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, options.RequestTimeout, options);
        var tableOptions = Configure(new TableClientOptions(), options.RequestTimeout, options);
        if (options.HasConnectionString)
        {
            Tables = new TableServiceClient(options.ConnectionString!, tableOptions);
            Blobs = new BlobServiceClient(options.ConnectionString, blobOptions);
            Queues = new QueueServiceClient(options.ConnectionString, queueOptions);
        }
        else
        {
            Tables = new TableServiceClient(options.TableServiceUri ?? AddressOf("table", options.AccountName), credential!, tableOptions);
            Blobs = new BlobServiceClient(options.BlobServiceUri ?? AddressOf("blob", options.AccountName), credential, blobOptions);
            Queues = new QueueServiceClient(options.QueueServiceUri ?? AddressOf("queue", options.AccountName), credential, queueOptions);
        }

        UploadBlobs = options switch
        {
            { UploadConnectionString: { Length: > 0 } text } => new BlobServiceClient(text, blobOptions),
            { UploadAccountName: { Length: > 0 } name } => new BlobServiceClient(AddressOf("blob", name), credential, blobOptions),
            _ => Blobs,
        };
    }

    /// <summary>The blob service.</summary>
    public BlobServiceClient Blobs { get; }

    /// <summary>The blob service that callers send to by themselves: the same, unless the options name another account.</summary>
    public BlobServiceClient UploadBlobs { get; }

    /// <summary>
    /// The queue service. Messages are base64 on the wire, as the Functions host expects them by default; the clients encode and decode.
    /// </summary>
    public QueueServiceClient Queues { get; }

    /// <summary>The table service.</summary>
    public TableServiceClient Tables { get; }

    private static Uri AddressOf(string service, string? account) => new($"https://{account}.{service}.core.windows.net");

    private static T Configure<T>(T options, TimeSpan timeout, StorageOptions storage)
        where T : ClientOptions
    {
        options.Retry.NetworkTimeout = timeout;
        options.RetryPolicy = new InteractiveRetryPolicy();
        foreach (var policy in storage.Policies)
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        return options;
    }
}
