using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// The Table service of a storage account. Thread-safe; make one and keep it, it holds the connections.
/// </summary>
/// <remarks>
/// This folder has the part of Azure.Data.Tables' public shape that the application uses, because that package is not to be had from the
/// package feed. Once it is, the folder goes and the <c>using</c> directives change.
/// </remarks>
public sealed class TableServiceClient
{
    private readonly TablePipeline _pipeline;

    /// <summary>Makes a client from a connection string.</summary>
    /// <param name="connectionString">
    /// Account name and key with endpoint or suffix, or <c>UseDevelopmentStorage=true</c>. Shared access signatures are not supported.
    /// </param>
    /// <param name="options">Retries, transport, diagnostics.</param>
    /// <exception cref="FormatException">The connection string is malformed or lacks a part. The message repeats no value.</exception>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(TableConnectionString.Parse(connectionString), options)
    {
    }

    /// <summary>Makes a client that signs with the account's key.</summary>
    /// <param name="endpoint">The service's address, such as <c>https://account.table.core.windows.net</c>.</param>
    /// <param name="credential">Name and key of the account.</param>
    /// <param name="options">Retries, transport, diagnostics.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        _pipeline = new TablePipeline(endpoint, credential, options);
    }

    /// <summary>Makes a client that shows a token of Microsoft Entra, for instance of a managed identity.</summary>
    /// <param name="endpoint">The service's address; https, for the token would be readable otherwise.</param>
    /// <param name="tokenCredential">Gives the tokens.</param>
    /// <param name="options">Retries, transport, diagnostics.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(tokenCredential);
        _pipeline = new TablePipeline(endpoint, tokenCredential, options);
    }

    private TableServiceClient(TableConnectionString connection, TableClientOptions? options)
        : this(connection.Endpoint, connection.Credential, options)
    {
    }

    /// <summary>The service's address.</summary>
    public Uri Uri => new(_pipeline.Endpoint);

    /// <summary>Gives a client for one table, which need not exist. It shares this client's connections.</summary>
    /// <param name="tableName">3 to 63 ASCII letters and digits, a letter first.</param>
    /// <exception cref="ArgumentException">No table can have the name.</exception>
    public TableClient GetTableClient(string tableName) => new(_pipeline, tableName);

    /// <summary>Creates a table unless it exists.</summary>
    /// <param name="tableName">3 to 63 ASCII letters and digits, a letter first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer: 204 created, 409 there was one.</returns>
    /// <exception cref="RequestFailedException">
    /// The service refused, for instance since a table of that name is still being deleted.
    /// </exception>
    public Task<Response> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes a table with all its rows.</summary>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer: 204 deleted, 404 there was none.</returns>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);
}
