using System.Text.Json.Serialization;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// The model card beside an archive (<c>card.json</c>): what the model predicts, from what it was learned, how well it
/// does, and what the service needs to turn its score into an answer.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Drug, canonical lower-case ingredient name.</summary>
    public required string Drug { get; init; }

    /// <summary>Endpoint: a stable kebab-case key such as <c>standard-dose-suffices</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the endpoint is a response, an adverse event or a dose.</summary>
    public required EndpointKind Kind { get; init; }

    /// <summary>Semantic version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>What exactly is predicted, in one sentence a clinician can check.</summary>
    public required string Predicts { get; init; }

    /// <summary>Scale of the raw score and of contributions: <c>log-odds</c>, <c>sqrt-mg-per-week</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Unit of the value answered for a dose (<c>mg/week</c>); null for a probability.</summary>
    public string? Unit { get; init; }

    /// <summary>The interval around the score.</summary>
    public required ModelInterval Interval { get; init; }

    /// <summary>Range of each numeric feature in the training data; outside it the answer warns.</summary>
    public required IReadOnlyDictionary<string, FeatureRange> TrainingRanges { get; init; }

    /// <summary>What the model was trained on: source, citation, size, selection.</summary>
    public required ModelTrainingData TrainingData { get; init; }

    /// <summary>Metrics by name, each with how it was measured.</summary>
    public required IReadOnlyList<ModelMetric> Metrics { get; init; }

    /// <summary>What the model may be used for.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>What it must not be used for, and known limits, one sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}

/// <summary>Kind of endpoint.</summary>
[JsonConverter(typeof(EndpointKindJson))]
public enum EndpointKind
{
    /// <summary>Benefit of the drug.</summary>
    Response,

    /// <summary>Harm by the drug.</summary>
    Adverse,

    /// <summary>The dose that the patient needs.</summary>
    Dose,
}

/// <summary>Values of a feature seen in training.</summary>
/// <param name="Min">Lower end (a low percentile, as the card says).</param>
/// <param name="Max">Upper end.</param>
public sealed record FeatureRange(double Min, double Max);

/// <summary>Provenance of the training data.</summary>
/// <param name="Source">Where the data come from.</param>
/// <param name="Citation">What to cite.</param>
/// <param name="Subjects">Number of subjects trained on.</param>
/// <param name="Selection">Which subjects were used.</param>
public sealed record ModelTrainingData(string Source, string Citation, int Subjects, string Selection);

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end of its 95 % confidence interval, where measured.</param>
/// <param name="High">Upper end of its 95 % confidence interval, where measured.</param>
/// <param name="Group">Subgroup, or <c>all</c>.</param>
/// <param name="Method">How it was measured (for example 10-fold cross-validation on the train split).</param>
public sealed record ModelMetric(string Name, double Value, double? Low, double? High, string Group, string Method);
