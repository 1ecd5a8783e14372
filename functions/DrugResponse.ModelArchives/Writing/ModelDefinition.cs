namespace DrugResponse.ModelArchives.Writing;

/// <summary>A model to be written as an archive: its inputs, the predictor over the feature slots they give, and a calibrator.</summary>
/// <remarks>
/// The feature slots are the inputs in order: a numeric input gives one slot, a categorical input one slot per category.
/// Definitions are checked when they are written.
/// </remarks>
public sealed record ModelDefinition
{
    /// <summary>What the model predicts: <see cref="PredictionKind.Binary"/> or <see cref="PredictionKind.Regression"/>.</summary>
    public required PredictionKind Kind { get; init; }

    /// <summary>The input columns; names must differ and not be empty.</summary>
    public required IReadOnlyList<InputDefinition> Inputs { get; init; }

    /// <summary>The predictor.</summary>
    public required PredictorDefinition Predictor { get; init; }

    /// <summary>The calibrator of a binary model; null for none, then the archive gives no probability.</summary>
    public PlattCalibration? Calibration { get; init; }

    /// <summary>Binary models: a row is labelled true if its score is greater. Default 0.</summary>
    public float Threshold { get; init; }

    /// <summary>Number of feature slots.</summary>
    public int FeatureCount => Inputs.Sum(input => input.SlotCount);
}
