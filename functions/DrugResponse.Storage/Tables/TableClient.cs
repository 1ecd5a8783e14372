using System.Text;
using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>One table. Thread-safe.</summary>
/// <remarks>
/// A request that got no answer is repeated as the options' retry policy says. So an insertion whose first answer was lost finds its own
/// row and fails with 409 <c>EntityAlreadyExists</c>: callers that insert must take a row with their key and content as their success.
/// </remarks>
public sealed partial class TableClient
{
    private static readonly ResponseClassifier AbsenceIsNoError = new StatusCodeClassifier([200, 404]);

    private readonly TablePipeline _pipeline;

    /// <summary>
    /// Makes a client from a connection string. For several tables, <see cref="TableServiceClient.GetTableClient"/> shares more.
    /// </summary>
    /// <param name="connectionString">As for <see cref="TableServiceClient(string, TableClientOptions?)"/>.</param>
    /// <param name="tableName">3 to 63 ASCII letters and digits, a letter first.</param>
    /// <param name="options">Retries, transport, diagnostics.</param>
    /// <exception cref="FormatException">The connection string is malformed or lacks a part.</exception>
    /// <exception cref="ArgumentException">No table can have the name.</exception>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(Connect(connectionString, options), tableName)
    {
    }

    internal TableClient(TablePipeline pipeline, string tableName)
    {
        TableKeys.ValidateTableName(tableName);
        _pipeline = pipeline;
        Name = tableName;
        Uri = new Uri(pipeline.Endpoint + tableName);
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The table's address.</summary>
    public Uri Uri { get; }

    /// <summary>
    /// Writes a filter for <see cref="QueryAsync"/>, each value as a literal of its type, so that no value can be taken for a part of the
    /// filter: <c>TableClient.CreateQueryFilter($"PartitionKey eq {partition} and Count gt {count}")</c>.
    /// </summary>
    /// <param name="filter">
    /// An OData filter whose values (text, truth values, numbers, instants, GUIDs, bytes) are interpolated, without quotes around them.
    /// </param>
    /// <exception cref="ArgumentException">A value is of another type, or not a finite number.</exception>
    public static string CreateQueryFilter(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return TableQueryFilter.Create(filter);
    }

    /// <summary>Creates the table unless it exists.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer: 204 created, 409 there was one.</returns>
    /// <exception cref="RequestFailedException">
    /// The service refused, for instance since a table of that name is still being deleted.
    /// </exception>
    public async Task<Response> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Post, "Tables");
        TablePipeline.SetJson(message.Request, Encoding.UTF8.GetBytes($$"""{"TableName":"{{Name}}"}"""));
        var response = await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.Status == 204)
            return response;

        var failure = new RequestFailedException(response);
        return failure.ErrorCode == "TableAlreadyExists" ? response : throw failure;
    }

    /// <summary>Deletes the table with all its rows.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer: 204 deleted, 404 there was none.</returns>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Delete, $"Tables('{Name}')");
        var response = await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return response.Status is 204 or 404 ? response : throw new RequestFailedException(response);
    }

    /// <summary>Reads a row by its keys.</summary>
    /// <typeparam name="T">What the row becomes, in practice <see cref="TableEntity"/>.</typeparam>
    /// <param name="partitionKey">The partition key.</param>
    /// <param name="rowKey">The row key.</param>
    /// <param name="select">Names of the properties to read; all if absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestFailedException">The row does not exist (404 <c>ResourceNotFound</c>), or the service refused.</exception>
    public async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, IDictionary<string, object>, new()
    {
        using var message = CreatePointRead(partitionKey, rowKey, select);
        var response = await _pipeline.SendAsync(message, 200, cancellationToken).ConfigureAwait(false);
        return ReadEntity<T>(response);
    }

    /// <summary>Reads a row by its keys, if there is one.</summary>
    /// <typeparam name="T">What the row becomes, in practice <see cref="TableEntity"/>.</typeparam>
    /// <param name="partitionKey">The partition key.</param>
    /// <param name="rowKey">The row key.</param>
    /// <param name="select">Names of the properties to read; all if absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The row, or an answer whose <see cref="NullableResponse{T}.HasValue"/> is <see langword="false"/>.</returns>
    /// <exception cref="RequestFailedException">The service refused, or the table itself does not exist.</exception>
    public async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, IDictionary<string, object>, new()
    {
        using var message = CreatePointRead(partitionKey, rowKey, select);
        message.ResponseClassifier = AbsenceIsNoError;
        var response = await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.Status == 200)
            return ReadEntity<T>(response);

        var failure = new RequestFailedException(response);
        return failure is { Status: 404, ErrorCode: not "TableNotFound" } ? new NoEntityResponse<T>(response) : throw failure;
    }

    /// <summary>Inserts a row.</summary>
    /// <param name="entity">The row.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer; its headers have the row's ETag.</returns>
    /// <exception cref="RequestFailedException">
    /// The row exists (409 <c>EntityAlreadyExists</c>; see the remarks of the class), or the service refused.
    /// </exception>
    /// <exception cref="ArgumentException">A key or property breaks a limit of the service; nothing was sent.</exception>
    public Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return WriteAsync(RequestMethod.Post, Name, entity, ifMatch: null, cancellationToken);
    }

    /// <summary>Writes a row, whether or not it exists. The last writer wins.</summary>
    /// <param name="entity">The row.</param>
    /// <param name="mode">What happens to stored properties that <paramref name="entity"/> lacks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer; its headers have the row's ETag.</returns>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    /// <exception cref="ArgumentException">A key or property breaks a limit of the service; nothing was sent.</exception>
    public Task<Response> UpsertEntityAsync(
        TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return WriteAsync(MethodOf(mode), EntityPath(entity), entity, ifMatch: null, cancellationToken);
    }

    /// <summary>Changes an existing row if it is still the one that was read.</summary>
    /// <param name="entity">The row.</param>
    /// <param name="ifMatch">The ETag that the row must have; <see cref="ETag.All"/> for any.</param>
    /// <param name="mode">What happens to stored properties that <paramref name="entity"/> lacks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer; its headers have the row's new ETag.</returns>
    /// <exception cref="RequestFailedException">
    /// Somebody else changed the row (412 <c>UpdateConditionNotSatisfied</c>), it does not exist (404), or the service refused.
    /// After a lost answer the repeated request meets its own change and gives 412.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The ETag is absent, or a key or property breaks a limit of the service; nothing was sent.
    /// </exception>
    public Task<Response> UpdateEntityAsync(
        TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (ifMatch == default)
            throw new ArgumentException("An update needs the ETag that the row must have, or ETag.All.", nameof(ifMatch));

        return WriteAsync(MethodOf(mode), EntityPath(entity), entity, ifMatch.ToString(), cancellationToken);
    }

    /// <summary>Deletes a row.</summary>
    /// <param name="partitionKey">The partition key.</param>
    /// <param name="rowKey">The row key.</param>
    /// <param name="ifMatch">The ETag that the row must have; absent or <see cref="ETag.All"/> for any.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer: 204 deleted, 404 there was none.</returns>
    /// <exception cref="RequestFailedException">
    /// Somebody changed the row (412 <c>UpdateConditionNotSatisfied</c>), the table does not exist, or the service refused.
    /// </exception>
    public async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Delete, TablePipeline.EntityPath(Name, partitionKey, rowKey));
        message.Request.Headers.Add("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        var response = await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.Status == 204)
            return response;

        var failure = new RequestFailedException(response);
        return failure is { Status: 404, ErrorCode: not "TableNotFound" } ? response : throw failure;
    }

    private static TablePipeline Connect(string connectionString, TableClientOptions? options)
    {
        var connection = TableConnectionString.Parse(connectionString);
        return new TablePipeline(connection.Endpoint, connection.Credential, options);
    }

    private static RequestMethod MethodOf(TableUpdateMode mode) => mode switch
    {
        TableUpdateMode.Merge => TablePipeline.Merge,
        TableUpdateMode.Replace => RequestMethod.Put,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    private static Response<T> ReadEntity<T>(Response response)
        where T : class, IDictionary<string, object>, new() =>
        Response.FromValue(new TableEntityReader<T>().ReadEntity(response.Content.ToMemory().Span), response);

    private string EntityPath(TableEntity entity) => TablePipeline.EntityPath(Name, entity.PartitionKey, entity.RowKey);

    private HttpMessage CreatePointRead(string partitionKey, string rowKey, IEnumerable<string>? select)
    {
        var message = _pipeline.CreateMessage(RequestMethod.Get, TablePipeline.EntityPath(Name, partitionKey, rowKey));
        if (select is not null)
            message.Request.Uri.AppendQuery("$select", string.Join(',', select), escapeValue: true);

        return message;
    }

    private async Task<Response> WriteAsync(
        RequestMethod method, string path, TableEntity entity, string? ifMatch, CancellationToken cancellationToken)
    {
        var body = new PooledBufferWriter(initialCapacity: 4096);
        using (var json = TableEntityWriter.CreateJson(body))
            TableEntityWriter.Write(json, entity);

        using var message = _pipeline.CreateMessage(method, path);
        TablePipeline.SetJson(message.Request, body.WrittenMemory);
        if (ifMatch is not null)
            message.Request.Headers.Add("If-Match", ifMatch);

        var response = await _pipeline.SendAsync(message, 204, cancellationToken).ConfigureAwait(false);
        body.ReturnAfter(message);
        return response;
    }

    private sealed class NoEntityResponse<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("There is no such row.");

        public override Response GetRawResponse() => response;
    }
}
