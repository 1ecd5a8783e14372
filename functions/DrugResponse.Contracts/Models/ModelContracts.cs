using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.Json;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Models;

/// <summary>The answer of <c>GET v1/models</c>.</summary>
/// <param name="Models">The models in use, by drug and endpoint.</param>
public sealed record ModelList(IReadOnlyList<ModelSummary> Models);

/// <summary>The model in use for one endpoint of one drug.</summary>
public record ModelSummary
{
    /// <summary>Ingredient, canonical lower-case name.</summary>
    public required string Drug { get; init; }

    /// <summary>Endpoint key.</summary>
    public required string Endpoint { get; init; }

    /// <summary><c>response</c>, <c>adverse</c> or <c>dose</c>.</summary>
    [AllowedValues("response", "adverse", "dose")]
    public required string Kind { get; init; }

    /// <summary>Whether the endpoint stands for its kind where the drug has several of it.</summary>
    public required bool Primary { get; init; }

    /// <summary>Version whose scores are answered.</summary>
    public required string ActiveVersion { get; init; }

    /// <summary>Version that is scored beside it, stored and not answered; null when none is.</summary>
    public required string? CandidateVersion { get; init; }

    /// <summary>What exactly is predicted, in one sentence.</summary>
    public required string Predicts { get; init; }

    /// <summary>What taught the model: <c>virtual-cohort</c> or <c>real-cohort</c>.</summary>
    public required string TrainedOn { get; init; }

    /// <summary>Key shared with endpoints of other drugs that count the same thing; null when it is comparable with none.</summary>
    public required string? ComparisonGroup { get; init; }

    /// <summary>SHA-256 of the archive, lower-case hexadecimal, as answers quote it.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>The answer of <c>GET v1/models/{drug}/{endpoint}</c>: everything that is known of the model in use.</summary>
public sealed record ModelDetail : ModelSummary
{
    /// <summary>The files of the version: archive, card, and the archives of the interval where there are any.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>The model card, as it lies beside the archive.</summary>
    [JsonPropertyOrder(2)]
    public required JsonElement Card { get; init; }

    /// <summary>
    /// The part of the raw score that belongs to no feature, on the card's scale; null where there are no shape functions.
    /// </summary>
    [JsonPropertyOrder(3)]
    [Unit(UnitAttribute.Scale)]
    public required double? Baseline { get; init; }

    /// <summary>What each feature adds to the raw score, in the order of the model's inputs.</summary>
    [JsonPropertyOrder(4)]
    public required IReadOnlyList<FeatureShape> ShapeFunctions { get; init; }

    /// <summary>Why there are no shape functions; null where the list says all.</summary>
    [JsonPropertyOrder(5)]
    public required string? ShapeFunctionsReason { get; init; }
}

/// <summary>A file of a model.</summary>
/// <param name="Path">Its path in the model container.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
public sealed record ModelFile([property: Text(Pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")] string Path, string Sha256);

/// <summary>The effect of one feature on a raw score, by bins of its value.</summary>
public sealed record FeatureShape
{
    /// <summary>Feature name in the catalogue.</summary>
    public required string Feature { get; init; }

    /// <summary>Its unit, or <c>flag</c>, <c>count</c>, <c>score</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What the number says, in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>
    /// Upper bounds of the bins, ascending: bin k holds the values above bound k-1 up to and including bound k. Null for a last bin that
    /// has no upper bound.
    /// </summary>
    [Unit(UnitAttribute.OfTheFeature)]
    public required IReadOnlyList<double?> UpperBounds { get; init; }

    /// <summary>What each bin adds to the raw score; as many as bounds.</summary>
    [Unit(UnitAttribute.Scale)]
    public required IReadOnlyList<double> Effects { get; init; }

    /// <summary>What a missing value adds.</summary>
    [Unit(UnitAttribute.Scale)]
    public required double MissingEffect { get; init; }
}
