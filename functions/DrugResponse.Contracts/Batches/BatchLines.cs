using System.ComponentModel.DataAnnotations;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Contracts.Batches;

/// <summary>A line of <c>GET v1/batches/{batchId}/results</c>.</summary>
/// <param name="RowId">The row's own id, or null if it has none.</param>
/// <param name="Line">
/// Where the row stands in the input: its first line, counted from 1, or in a JSON array its number. Goes up from line to line, and is what
/// <c>?after=</c> takes.
/// </param>
/// <param name="Prediction">The answer, like that of <c>POST v1/predictions</c>.</param>
public sealed record BatchResultLine(
    [property: Text(BatchRowReader.MaxRowIdLength)] string? RowId,
    [property: Unit(UnitAttribute.Lines), Range(1, UnitAttribute.Most)] long Line,
    PredictionResponse Prediction);

/// <summary>A line of <c>GET v1/batches/{batchId}/errors</c>.</summary>
/// <param name="RowId">The row's own id, or null if it has none or it cannot be read.</param>
/// <param name="Line">Where the row stands in the input, as for results.</param>
/// <param name="Errors">All faults of the row: JSON pointer to messages.</param>
public sealed record BatchErrorLine(
    [property: Text(BatchRowReader.MaxRowIdLength)] string? RowId,
    [property: Unit(UnitAttribute.Lines), Range(1, UnitAttribute.Most)] long Line,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Errors);
