using System.Text.Json.Serialization;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What a candidate said about a patient beside the active model. It is stored, to compare the two later, and never answered.
/// </summary>
public sealed record ShadowScore
{
    /// <summary>The model as <c>drug/endpoint</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The candidate's version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of its archive, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its probability; null for a dose, or when it failed.</summary>
    public double? Probability { get; init; }

    /// <summary>Its dose, in the unit of its card; null for a probability, or when it failed.</summary>
    public double? Value { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public double? High { get; init; }

    /// <summary>Why it gave no number; null when it gave one.</summary>
    public string? Failure { get; init; }
}

/// <summary>Writes shadow scores for storage: camelCase, what is null left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ShadowScore>))]
public sealed partial class ShadowJson : JsonSerializerContext;
