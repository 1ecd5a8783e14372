using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Predictions;

/// <summary>The drugs of an answer whose models count the same thing over a comparable time, in order of its probability.</summary>
/// <param name="ComparisonGroup">Key that the endpoints share.</param>
/// <param name="Kind"><c>response</c>, where the highest probability is best, or <c>adverse</c>, where the lowest is.</param>
/// <param name="Drugs">The drugs, best first; at least two.</param>
public sealed record DrugRanking(string ComparisonGroup, string Kind, IReadOnlyList<RankedDrug> Drugs);

/// <summary>A drug in a ranking.</summary>
/// <param name="Drug">Ingredient, canonical lower-case name.</param>
/// <param name="Endpoint">The endpoint that was compared.</param>
/// <param name="Probability">Its calibrated probability, 0 to 1.</param>
/// <param name="Interval">Interval around the probability.</param>
/// <param name="Distinguishable">
/// Whether the interval lies apart from that of the best drug; if not, the order between the two says little. Null for the best one.
/// </param>
public sealed record RankedDrug(
    string Drug,
    string Endpoint,
    [property: Unit("1"), Range(0.0, 1.0)] double Probability,
    PredictionInterval Interval,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Distinguishable);
