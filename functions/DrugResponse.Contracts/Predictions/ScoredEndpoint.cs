using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Predictions;

/// <summary>What a model says about one endpoint of a drug, with its basis.</summary>
public abstract record ScoredEndpoint
{
    /// <summary>Endpoint key.</summary>
    [JsonPropertyOrder(-3)]
    public required string Endpoint { get; init; }

    /// <summary>What exactly is predicted, in one sentence.</summary>
    [JsonPropertyOrder(-2)]
    public required string Definition { get; init; }

    /// <summary>Interval around the answer that holds the truth with the stated level.</summary>
    public required PredictionInterval Interval { get; init; }

    /// <summary>Scale of score, baseline and contributions (<c>log-odds</c>, <c>sqrt-mg-per-week</c>).</summary>
    public required string Scale { get; init; }

    /// <summary>The model's raw score; <see cref="Baseline"/> plus all contributions.</summary>
    [Unit(UnitAttribute.Scale)]
    public required double Score { get; init; }

    /// <summary>The score before anything is known of the patient.</summary>
    [Unit(UnitAttribute.Scale)]
    public required double Baseline { get; init; }

    /// <summary>Signed share of each feature, largest first.</summary>
    public required IReadOnlyList<FeatureContribution> Contributions { get; init; }

    /// <summary>Which model said so.</summary>
    public required ModelReference Model { get; init; }
}

/// <summary>The probability of one endpoint, with its basis.</summary>
public sealed record EndpointPrediction : ScoredEndpoint
{
    /// <summary>Calibrated probability, 0 to 1.</summary>
    [JsonPropertyOrder(-1)]
    [Unit("1")]
    [Range(0.0, 1.0)]
    public required double Probability { get; init; }
}

/// <summary>A predicted dose, with its basis.</summary>
public sealed record DosePrediction : ScoredEndpoint
{
    /// <summary>The dose, in <see cref="Unit"/>.</summary>
    [JsonPropertyOrder(-1)]
    [Unit(UnitAttribute.OfTheAnswer)]
    [Range(0.0, UnitAttribute.Most)]
    public required double Value { get; init; }

    /// <summary>Unit of <see cref="Value"/> and of the interval (<c>mg/week</c>).</summary>
    [JsonPropertyOrder(-1)]
    public required string Unit { get; init; }
}

/// <summary>An interval on the answer's own scale.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Stated coverage, 0 to 1.</param>
public sealed record PredictionInterval(
    [property: Unit(UnitAttribute.OfTheAnswer)] double Low,
    [property: Unit(UnitAttribute.OfTheAnswer)] double High,
    [property: Unit("1"), Range(0.0, 1.0)] double Level);

/// <summary>One feature's share in a score.</summary>
/// <param name="Feature">Feature name in the catalogue.</param>
/// <param name="Value">Its value for this patient; null when missing.</param>
/// <param name="Contribution">Signed share on the model's scale.</param>
public sealed record FeatureContribution(
    string Feature,
    [property: Unit(UnitAttribute.OfTheFeature)] double? Value,
    [property: Unit(UnitAttribute.Scale)] double Contribution);

/// <summary>A model by id, version and content.</summary>
/// <param name="Id">Drug and endpoint.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="Sha256">SHA-256 of the archive, lower-case hexadecimal.</param>
/// <param name="TrainedOn">
/// What taught it: <c>virtual-cohort</c> (simulated from published numbers) or <c>real-cohort</c> (real patients).
/// </param>
public sealed record ModelReference(
    [property: Text(Pattern = TextAttribute.ModelId)] string Id, string Version, string Sha256, string TrainedOn);
