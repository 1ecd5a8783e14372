using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// The body of an entity-group transaction: a multipart message whose one part is a change set, whose parts are HTTP requests
/// (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions). Written straight into a pooled buffer.
/// </summary>
internal sealed class TableTransactionRequest
{
    // The service's own limits are 100 rows and 4 MiB; the margin leaves room for what proxies and the emulator count besides.
    private const int MaxActions = 100;
    private const int MaxBytes = 3_500_000;

    private const int InitialCapacity = 128 * 1024;

    private readonly PooledBufferWriter _body = new(InitialCapacity);
    private readonly string _tableUri;
    private readonly string _rowUriStart;
    private readonly string _batch;
    private readonly string _changeSet;
    private readonly string _partStart;

    /// <summary>Begins a transaction on one partition of a table.</summary>
    public TableTransactionRequest(Uri tableUri, string partitionKey)
    {
        _tableUri = tableUri.AbsoluteUri;
        _rowUriStart = TablePipeline.EntityPathStart(_tableUri, partitionKey);
        var id = Guid.NewGuid().ToString();
        _batch = "batch_" + id;
        _changeSet = "changeset_" + id;
        _partStart = $"--{_changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    }

    /// <summary>The value of the request's Content-Type.</summary>
    public string ContentType => "multipart/mixed; boundary=" + _batch;

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>Writes as many actions as one transaction holds, at least one.</summary>
    /// <returns>How many were written.</returns>
    public int Write(IReadOnlyList<TableTransactionAction> actions, int start)
    {
        Append($"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeSet}\r\n\r\n");
        using var json = TableEntityWriter.CreateJson(_body);
        var count = 0;
        while (count < MaxActions && start + count < actions.Count)
        {
            var end = _body.WrittenCount;
            WriteAction(actions[start + count], json);
            if (_body.WrittenCount > MaxBytes && count > 0)
            {
                _body.Truncate(end);
                break;
            }

            count++;
        }

        Append($"--{_changeSet}--\r\n\r\n--{_batch}--\r\n");
        return count;
    }

    /// <summary>Gives the buffer back; see <see cref="PooledBufferWriter.ReturnAfter"/>.</summary>
    public void ReturnBufferAfter(HttpMessage message) => _body.ReturnAfter(message);

    private void WriteAction(TableTransactionAction action, Utf8JsonWriter json)
    {
        Append(_partStart);
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add:
                Append("POST ");
                Append(_tableUri);
                WriteRow(action, json, isConditional: false);
                break;
            case TableTransactionActionType.UpsertMerge or TableTransactionActionType.UpdateMerge:
                WriteRowUri("MERGE ", action.Entity.RowKey);
                WriteRow(action, json, action.ActionType == TableTransactionActionType.UpdateMerge);
                break;
            case TableTransactionActionType.UpsertReplace or TableTransactionActionType.UpdateReplace:
                WriteRowUri("PUT ", action.Entity.RowKey);
                WriteRow(action, json, action.ActionType == TableTransactionActionType.UpdateReplace);
                break;
            case TableTransactionActionType.Delete:
                WriteRowUri("DELETE ", action.Entity.RowKey);
                Append(" HTTP/1.1\r\nDataServiceVersion: 3.0\r\n");
                WriteCondition(action);
                Append("\r\n");
                break;
            default:
                throw new ArgumentException($"There is no action {action.ActionType}.", nameof(action));
        }
    }

    private void WriteRowUri(string method, string rowKey)
    {
        TableKeys.Validate(rowKey);
        Append(method);
        Append(_rowUriStart);
        Append(TablePipeline.EscapeKey(rowKey));
        Append("')");
    }

    private void WriteRow(TableTransactionAction action, Utf8JsonWriter json, bool isConditional)
    {
        Append(
            " HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\n" +
            "Content-Type: application/json\r\n");
        if (isConditional)
            WriteCondition(action);

        Append("\r\n");
        json.Reset();
        TableEntityWriter.Write(json, action.Entity);
        Append("\r\n");
    }

    private void WriteCondition(TableTransactionAction action)
    {
        Append("If-Match: ");
        Append((action.ETag == default ? ETag.All : action.ETag).ToString());
        Append("\r\n");
    }

    private void Append(string text) =>
        _body.Advance(Encoding.UTF8.GetBytes(text, _body.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
