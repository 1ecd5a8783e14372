using Azure;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Storage.Batches;

/// <summary>A batch as it is kept. Immutable: it changes by <see cref="BatchStore.ChangeAsync"/>.</summary>
public sealed record BatchRecord
{
    private readonly BatchRequest? _request;

    /// <summary>Whose batch.</summary>
    public required TenantName Tenant { get; init; }

    /// <summary>Its id.</summary>
    public required BatchId Id { get; init; }

    /// <summary>When it was submitted, in UTC.</summary>
    public DateTimeOffset CreatedAt => Id.CreatedAt;

    /// <summary>What was asked for; never changes.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or its key is not configured; see <see cref="IsReadable"/>.</exception>
    public required BatchRequest Request
    {
        get => _request ?? throw new InvalidDataException($"What a row of the table {BatchStore.TableName} keeps sealed cannot be read.");
        init => _request = value;
    }

    /// <summary>
    /// Whether <see cref="Request"/> can be read. If not, all else is known nevertheless: the batch runs, ends, and is removed like any other.
    /// </summary>
    public bool IsReadable => _request is not null;

    /// <summary>
    /// Whether <see cref="Request"/> cannot be read for want of a master key that another process may have: nothing is to be given up for that.
    /// </summary>
    public bool IsKeyMissing { get; init; }

    /// <summary>The form in which results come; that which is usual when <see cref="Request"/> cannot be read.</summary>
    public string ResultsFormat => _request?.ResultsFormat ?? BatchFormats.NdJson;

    /// <summary>One of <see cref="BatchStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>The input; null until an upload was read.</summary>
    public BatchInput? Input { get; init; }

    /// <summary>Whether the input was removed since it was too old.</summary>
    public bool IsInputRemoved { get; init; }

    /// <summary>The uploaded file that is to become the input; null if the input came with the request.</summary>
    public BatchUploadSource? Upload { get; init; }

    /// <summary>How often the reading of the upload was begun, but for those that an outage ended.</summary>
    public int Readings { get; init; }

    /// <summary>How many chunks, from the first one on, were handed to the queue.</summary>
    public int DispatchedChunks { get; init; }

    /// <summary>When <see cref="DispatchedChunks"/> moved last, or chunks that went missing were handed out again; null before.</summary>
    public DateTimeOffset? DispatchedAt { get; init; }

    /// <summary>How often chunks that went missing were handed out again.</summary>
    public int Redispatches { get; init; }

    /// <summary>When its cancellation was asked for; null if it was not.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>When it came to a final state; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Rows done, once it is final and they were summed up; null before, and without an input.</summary>
    public BatchCounts? FinalCounts { get; init; }

    /// <summary>How many of its rows were erased because their patient was; they stay in all other counts.</summary>
    public long ErasedRows { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Which message on the control queue is the live one.</summary>
    public required string ControlToken { get; init; }

    /// <summary>
    /// Which message is to take its place, and may or may not have been sent; null for none. Whichever of the two comes next goes on, and all
    /// other messages are to be dropped: so none is lost when a process dies between two writes, and no two go on for long.
    /// </summary>
    public string? NextControlToken { get; init; }

    /// <summary>When that message is due. Long after it, it must be taken for lost.</summary>
    public required DateTimeOffset ControlDueAt { get; init; }

    /// <summary>How far the webhook is; null if there is none or the batch is not final.</summary>
    public BatchWebhookProgress? Webhook { get; init; }

    /// <summary>Version of the stored row, for the next change.</summary>
    public ETag ETag { get; init; }

    /// <summary>The sealed properties of the stored row that cannot be read, which stay as they are; null if there are none.</summary>
    internal UnreadableSeals? Unreadable { get; init; }

    /// <summary>Whether its state is never left again.</summary>
    public bool IsFinal => BatchStates.IsFinal(State);

    /// <summary>Whether a message on the control queue counts.</summary>
    /// <param name="token">The token that it carries.</param>
    public bool IsLive(string token) => token == ControlToken || token == NextControlToken;

    /// <summary>Whether its chunks are not to be begun any more.</summary>
    public bool IsStopped => IsFinal || CancelRequestedAt is not null;

    // Records print their properties; what was asked for is the caller's, and cannot always be read.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Id = {Id}, State = {State}");
        return true;
    }
}

/// <summary>Sealed properties of a batch's row that cannot be read, as they are stored.</summary>
/// <param name="Request">What was asked for; null if that can be read.</param>
/// <param name="Problem">Why the batch failed; null if that can be read or it did not.</param>
internal sealed record UnreadableSeals(byte[]? Request, byte[]? Problem);

/// <summary>What a batch was submitted with.</summary>
public sealed record BatchRequest
{
    /// <summary>The caller's name for it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Drugs to score in every row.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary><see cref="BatchFormats.NdJson"/> or <see cref="BatchFormats.Csv"/>.</summary>
    public required string ResultsFormat { get; init; }

    /// <summary>Address that is told of the end; null for none.</summary>
    public Uri? Webhook { get; init; }
}

/// <summary>A file that was uploaded by itself.</summary>
/// <param name="UploadId">The upload's id.</param>
/// <param name="ETag">Its version when it was submitted: a file that changed afterwards is not read.</param>
/// <param name="Format">Its form, one of <see cref="BatchFormats"/>.</param>
public sealed record BatchUploadSource(BatchId UploadId, ETag ETag, string Format);

/// <summary>Counts of rows.</summary>
/// <param name="Done">Rows with a result or an error.</param>
/// <param name="Failed">Of these, rows with an error.</param>
public sealed record BatchCounts(long Done, long Failed);

/// <summary>How far a webhook is.</summary>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>given-up</c>.</param>
/// <param name="Attempts">How often it was called.</param>
public sealed record BatchWebhookProgress(string State, int Attempts)
{
    /// <summary>It is to be called.</summary>
    public const string Pending = "pending";

    /// <summary>It answered with 2xx.</summary>
    public const string Delivered = "delivered";

    /// <summary>It never did, and is not called any more.</summary>
    public const string GivenUp = "given-up";
}
