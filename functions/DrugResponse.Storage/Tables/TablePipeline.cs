using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DrugResponse.Storage.Tables;

/// <summary>The HTTP side of the Table service: one pipeline, one endpoint, and how requests to it begin. Thread-safe.</summary>
internal sealed class TablePipeline
{
    private const string TokenScope = "https://storage.azure.com/.default";
    private const string Json = "application/json";
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";

    /// <summary>Merges into a row.</summary>
    public static readonly RequestMethod Merge = new("MERGE");

    private readonly HttpPipeline _pipeline;

    public TablePipeline(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
        : this(endpoint, new TableSharedKeyPolicy(credential), options)
    {
    }

    public TablePipeline(Uri endpoint, TokenCredential credential, TableClientOptions? options)
        : this(endpoint, new BearerTokenAuthenticationPolicy(credential, TokenScope), options)
    {
    }

    private TablePipeline(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        var pipelineOptions = new HttpPipelineOptions(options ?? new TableClientOptions()) { RequestFailedDetailsParser = new TableErrorParser() };
        pipelineOptions.PerRetryPolicies.Add(authentication);
        _pipeline = HttpPipelineBuilder.Build(pipelineOptions);

        // The last path segment of a service address (an account's name, in the emulator's) must not be lost when a table's name is added.
        Endpoint = endpoint.AbsoluteUri.TrimEnd('/') + "/";
    }

    /// <summary>The service's address with a slash at its end.</summary>
    public string Endpoint { get; }

    /// <summary>Begins a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path below the endpoint, escaped.</param>
    public HttpMessage CreateMessage(RequestMethod method, string path)
    {
        var message = _pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(Endpoint + path));
        request.Headers.Add("x-ms-version", TableClientOptions.ServiceVersion);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", MinimalMetadata);
        return message;
    }

    /// <summary>Gives a request a JSON body, and asks the service not to send it back.</summary>
    public static void SetJson(Request request, ReadOnlyMemory<byte> body)
    {
        request.Headers.Add("Content-Type", Json);
        request.Headers.Add("Prefer", "return-no-content");
        request.Content = RequestContent.Create(body);
    }

    /// <summary>Sends a request and gives the answer, whatever its status.</summary>
    public async ValueTask<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response;
    }

    /// <summary>Sends a request and gives the answer if its status is the expected one.</summary>
    /// <exception cref="RequestFailedException">The status is another one.</exception>
    public async ValueTask<Response> SendAsync(HttpMessage message, int expectedStatus, CancellationToken cancellationToken)
    {
        var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        return response.Status == expectedStatus ? response : throw new RequestFailedException(response);
    }

    /// <summary>The escaped path of one row: <c>table(PartitionKey='p',RowKey='r')</c>, quotes in a key doubled.</summary>
    public static string EntityPath(string table, string partitionKey, string rowKey)
    {
        TableKeys.Validate(rowKey);
        return EntityPathStart(table, partitionKey) + EscapeKey(rowKey) + "')";
    }

    /// <summary>The part of <see cref="EntityPath"/> before the row key.</summary>
    public static string EntityPathStart(string table, string partitionKey)
    {
        TableKeys.Validate(partitionKey);
        return $"{table}(PartitionKey='{EscapeKey(partitionKey)}',RowKey='";
    }

    /// <summary>A key as it stands between the quotes.</summary>
    public static string EscapeKey(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
