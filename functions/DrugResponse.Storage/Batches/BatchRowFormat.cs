using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using DrugResponse.Contracts.Problems;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Batches;

/// <summary>How a batch lies in its row: what the caller gave is sealed, what says how far it is lies open. Thread-safe.</summary>
internal sealed class BatchRowFormat(BatchSeal seal)
{
    /// <summary>Stands for the problem of a batch whose stored one cannot be read.</summary>
    private static readonly Problem UnreadableProblem = new()
    {
        Type = ProblemTypes.InternalError,
        Title = "Why the batch failed was stored and cannot be read any more.",
        Status = 500,
    };

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
        [Request] = batch.Unreadable?.Request is { } request
            ? BinaryData.FromBytes(request)
            : Sealed(PlaceOf(batch.Tenant, batch.Id, Request), JsonSerializer.SerializeToUtf8Bytes(batch.Request, BatchJson.Default.BatchRequest)),
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
        [Fault] = batch.Unreadable?.Problem is { } fault && ReferenceEquals(batch.Problem, UnreadableProblem)
            ? BinaryData.FromBytes(fault)
            : batch.Problem is { } problem
            ? Sealed(PlaceOf(batch.Tenant, batch.Id, Fault), JsonSerializer.SerializeToUtf8Bytes(problem, BatchJson.Default.Problem))
            : null!,
        [ControlToken] = batch.ControlToken,
        [NextControlToken] = batch.NextControlToken!,
        [ControlDueAt] = batch.ControlDueAt,
        [WebhookState] = batch.Webhook?.State!,
        [WebhookAttempts] = batch.Webhook?.Attempts!,
    };

    public BatchRecord Read(TableEntity row)
    {
        var request = TryOpen(row, Request, BatchJson.Default.BatchRequest, out var isKeyMissing);
        var problem = row.ContainsKey(Fault) ? TryOpen(row, Fault, BatchJson.Default.Problem, out _) : null;
        var unreadable = new UnreadableSeals(
            request is null ? row.GetBinary(Request) ?? [] : null,
            row.ContainsKey(Fault) && problem is null ? row.GetBinary(Fault) : null);
        return Read(row, request, unreadable.Problem is null ? problem : UnreadableProblem) with
        {
            IsKeyMissing = isKeyMissing,
            Unreadable = unreadable is { Request: null, Problem: null } ? null : unreadable,
        };
    }

    private static BatchRecord Read(TableEntity row, BatchRequest? request, Problem? problem) => new()
    {
        Tenant = TenantName.Parse(row.PartitionKey),
        Id = BatchId.Parse(row.RowKey),
        Request = request!,
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
        Problem = problem,
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

    // One row that is damaged, or whose key is gone, must not keep anything else from being found, ended, erased or removed.
    private T? TryOpen<T>(TableEntity row, string property, JsonTypeInfo<T> type, out bool isKeyMissing)
        where T : class
    {
        isKeyMissing = false;
        try
        {
            var content = seal.Open(
                PlaceOf(TenantName.Parse(row.PartitionKey), BatchId.Parse(row.RowKey), property), Require(row.GetBinary(property), property));
            return JsonSerializer.Deserialize(content, type);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            isKeyMissing = MasterKeyMissingException.IsCauseOf(exception);
            return null;
        }
    }
}
