using System.Text.Json;
using Azure;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

/// <summary>How a batch lies in its row: what the caller gave is sealed, what says how far it is lies open. Thread-safe.</summary>
internal sealed class BatchRowFormat(BatchSeal seal)
{
    private const string Request = "Request";
    private const string State = "State";
    private const string InputBlob = "InputBlob";
    private const string InputRows = "InputRows";
    private const string InputChunks = "InputChunks";
    private const string InputIndexOffset = "InputIndexOffset";
    private const string InputIndexLength = "InputIndexLength";
    private const string InputRemoved = "InputRemoved";
    private const string UploadId = "UploadId";
    private const string UploadETag = "UploadETag";
    private const string UploadFormat = "UploadFormat";
    private const string Readings = "Readings";
    private const string DispatchedChunks = "DispatchedChunks";
    private const string DispatchedAt = "DispatchedAt";
    private const string Redispatches = "Redispatches";
    private const string CancelRequestedAt = "CancelRequestedAt";
    private const string FinishedAt = "FinishedAt";
    private const string DoneRows = "DoneRows";
    private const string FailedRows = "FailedRows";
    private const string ErasedRows = "ErasedRows";
    private const string Fault = "Fault";
    private const string ControlToken = "ControlToken";
    private const string NextControlToken = "NextControlToken";
    private const string ControlDueAt = "ControlDueAt";
    private const string WebhookState = "WebhookState";
    private const string WebhookAttempts = "WebhookAttempts";

    public TableEntity Write(BatchRecord batch) => new(batch.Tenant.ToString(), batch.Id.ToString())
    {
        [Request] = Sealed(PlaceOf(batch.Tenant, batch.Id, Request), JsonSerializer.SerializeToUtf8Bytes(batch.Request, BatchJson.Default.BatchRequest)),
        [State] = batch.State,
        [InputBlob] = batch.Input?.Blob!,
        [InputRows] = batch.Input?.Rows!,
        [InputChunks] = batch.Input?.Chunks!,
        [InputIndexOffset] = batch.Input?.IndexOffset!,
        [InputIndexLength] = batch.Input?.IndexLength!,
        [InputRemoved] = batch.IsInputRemoved,
        [UploadId] = batch.Upload?.UploadId.ToString()!,
        [UploadETag] = batch.Upload?.ETag.ToString()!,
        [UploadFormat] = batch.Upload?.Format!,
        [Readings] = batch.Readings,
        [DispatchedChunks] = batch.DispatchedChunks,
        [DispatchedAt] = batch.DispatchedAt!,
        [Redispatches] = batch.Redispatches,
        [CancelRequestedAt] = batch.CancelRequestedAt!,
        [FinishedAt] = batch.FinishedAt!,
        [DoneRows] = batch.FinalCounts?.Done!,
        [FailedRows] = batch.FinalCounts?.Failed!,
        [ErasedRows] = batch.ErasedRows,
        [Fault] = batch.Problem is { } problem
            ? Sealed(PlaceOf(batch.Tenant, batch.Id, Fault), JsonSerializer.SerializeToUtf8Bytes(problem, BatchJson.Default.Problem))
            : null!,
        [ControlToken] = batch.ControlToken,
        [NextControlToken] = batch.NextControlToken!,
        [ControlDueAt] = batch.ControlDueAt,
        [WebhookState] = batch.Webhook?.State!,
        [WebhookAttempts] = batch.Webhook?.Attempts!,
    };

    public BatchRecord Read(TableEntity row) => new()
    {
        Tenant = TenantName.Parse(row.PartitionKey),
        Id = BatchId.Parse(row.RowKey),
        Request = JsonSerializer.Deserialize(Opened(row, Request), BatchJson.Default.BatchRequest)!,
        State = Require(row.GetString(State), State),
        Input = ReadInput(row),
        IsInputRemoved = row.GetBoolean(InputRemoved) ?? false,
        Upload = row.GetString(UploadId) is { } uploadId
            ? new BatchUploadSource(
                BatchId.Parse(uploadId), new ETag(Require(row.GetString(UploadETag), UploadETag)), Require(row.GetString(UploadFormat), UploadFormat))
            : null,
        Readings = row.GetInt32(Readings) ?? 0,
        DispatchedChunks = row.GetInt32(DispatchedChunks) ?? 0,
        DispatchedAt = row.GetDateTimeOffset(DispatchedAt),
        Redispatches = row.GetInt32(Redispatches) ?? 0,
        CancelRequestedAt = row.GetDateTimeOffset(CancelRequestedAt),
        FinishedAt = row.GetDateTimeOffset(FinishedAt),
        FinalCounts = row.GetInt64(DoneRows) is { } done ? new BatchCounts(done, row.GetInt64(FailedRows) ?? 0) : null,
        ErasedRows = row.GetInt64(ErasedRows) ?? 0,
        Problem = row.ContainsKey(Fault) ? JsonSerializer.Deserialize(Opened(row, Fault), BatchJson.Default.Problem) : null,
        ControlToken = Require(row.GetString(ControlToken), ControlToken),
        NextControlToken = row.GetString(NextControlToken),
        ControlDueAt = Require(row.GetDateTimeOffset(ControlDueAt), ControlDueAt)!.Value,
        Webhook = row.GetString(WebhookState) is { } state ? new BatchWebhookProgress(state, row.GetInt32(WebhookAttempts) ?? 0) : null,
        ETag = row.ETag,
    };

    private static BatchInput? ReadInput(TableEntity row) => row.GetString(InputBlob) is { } blob
        ? new BatchInput(
            blob,
            Require(row.GetInt64(InputRows), InputRows)!.Value,
            Require(row.GetInt32(InputChunks), InputChunks)!.Value,
            Require(row.GetInt64(InputIndexOffset), InputIndexOffset)!.Value,
            Require(row.GetInt32(InputIndexLength), InputIndexLength)!.Value)
        : null;

    private static T Require<T>(T? value, string property) =>
        value ?? throw new InvalidDataException($"A row of the table {BatchStore.TableName} lacks {property}.");

    private static EnvelopePlace PlaceOf(TenantName tenant, BatchId id, string property) => new(tenant, $"{BatchStore.TableName}/{id}/{property}");

    private BinaryData Sealed(EnvelopePlace place, byte[] content) => BinaryData.FromBytes(seal.Seal(place, content));

    private byte[] Opened(TableEntity row, string property) => seal.Open(
        PlaceOf(TenantName.Parse(row.PartitionKey), BatchId.Parse(row.RowKey), property), Require(row.GetBinary(property), property));
}
