using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Client;

/// <summary>One row of a batch.</summary>
/// <param name="RowId">The row's own id, at most 256 characters, under which its result is found; null when the line is enough.</param>
/// <param name="Request">The patient.</param>
public sealed record CohortRow(string? RowId, PredictionRequest Request);

/// <summary>What a batch is to do.</summary>
public sealed record BatchSubmission
{
    /// <summary>A name for the batch, at most 200 characters, without patient data; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Drugs to score in every row, beside those that a row names itself; at most 100.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>
    /// The form in which results are read that are asked for without one: <see cref="BatchFormats.NdJson"/>, the default, or
    /// <see cref="BatchFormats.Csv"/>.
    /// </summary>
    public string ResultsFormat { get; init; } = BatchFormats.NdJson;

    /// <summary>An https address that the service calls, signed, when the batch has ended; null for none.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>
    /// Makes the submission repeatable: the same key with the same rows gives the batch that is there. When null the client makes one up,
    /// which protects against nothing but the network's own repetitions.
    /// </summary>
    public string? IdempotencyKey { get; init; }
}
