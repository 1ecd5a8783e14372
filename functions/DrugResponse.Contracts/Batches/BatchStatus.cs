using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Problems;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Batches;

/// <summary>A batch as <c>GET v1/batches/{batchId}</c> tells it.</summary>
public sealed record BatchStatus
{
    /// <summary>Longest name of a batch, in characters.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Id of the batch. Newer ids sort before older ones.</summary>
    public required string BatchId { get; init; }

    /// <summary>The caller's name for it, or null.</summary>
    [Text(MaxNameLength)]
    public string? Name { get; init; }

    /// <summary>
    /// Whether what it was submitted with is stored damaged, or under a key that the service has no more: then name, candidates and form
    /// of results are not known. All else is. Left out when it can be read.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unreadable { get; init; }

    /// <summary>How far it is; all but the first two are final.</summary>
    [Words(typeof(BatchStates))]
    public required string State { get; init; }

    /// <summary>Whether its cancellation was asked for. The state follows within seconds.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>When it was submitted, UTC. Its rows are scored as of this instant.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to a final state, UTC; null before.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Drugs scored for every row, beside those that a row names itself.</summary>
    [Text(PredictionRequestReader.MaxNameLength)]
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>The form in which results come unless a request asks for the other: <c>ndjson</c> or <c>csv</c>.</summary>
    [AllowedValues(BatchFormats.NdJson, BatchFormats.Csv)]
    public required string ResultsFormat { get; init; }

    /// <summary>How many rows there are, and how far they are.</summary>
    public required BatchRowCounts Rows { get; init; }

    /// <summary>Rows done per second since the submission; null before any is done.</summary>
    [Unit("rows/s")]
    [Range(0.0, UnitAttribute.Most)]
    public double? RowsPerSecond { get; init; }

    /// <summary>When the last row will be done if it goes on like this, UTC; null when that cannot be told.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTimeOffset? EstimatedFinish { get; init; }

    /// <summary>What became of the webhook: <c>pending</c>, <c>delivered</c>, <c>given-up</c>; null when there is none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Why the batch failed; null unless it did.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>Counts of rows.</summary>
/// <param name="Total">Rows of the input; null until an uploaded input has been read.</param>
/// <param name="Done">Rows with a result or an error.</param>
/// <param name="Failed">Of these, rows with an error.</param>
/// <param name="Erased">
/// Of the rows done, those that were erased since because their patient was. Results and errors have them no more; the other counts, and
/// the figures of a summary, still do.
/// </param>
public sealed record BatchRowCounts(
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long? Total,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Done,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Failed,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Erased = 0);

/// <summary>A page of batches, newest first.</summary>
/// <param name="Batches">The batches; counts of running ones are as of now.</param>
/// <param name="After">Token for the next page (<c>?after=</c>); null on the last one.</param>
public sealed record BatchList(IReadOnlyList<BatchStatus> Batches, string? After);

/// <summary>Answer of <c>POST v1/batches/uploads</c>: where to send an input that is too large for one request.</summary>
/// <param name="UploadId">What <c>POST v1/batches?upload=</c> names.</param>
/// <param name="Address">
/// Address of an Azure block blob with a signature. Send <c>Put Block</c> and <c>Put Block List</c> requests to it, or one <c>Put Blob</c>.
/// </param>
/// <param name="ExpiresAt">When the address stops working, UTC. What is not submitted by then is removed later.</param>
/// <param name="MaxBytes">Most bytes that are accepted.</param>
public sealed record BatchUpload(
    string UploadId,
    string Address,
    [property: JsonConverter(typeof(UtcInstantConverter))] DateTimeOffset ExpiresAt,
    [property: Unit("bytes"), Range(1, UnitAttribute.Most)] long MaxBytes);
