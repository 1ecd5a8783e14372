namespace DrugResponse.ModelArchives;

/// <summary>What a model of one score says about a row.</summary>
/// <param name="Score">The raw score; for a calibrated model the margin, not the probability.</param>
/// <param name="Probability">The calibrated probability of the positive class; NaN for a model without calibration, and for a NaN score.</param>
/// <param name="PredictedLabel">The label of a binary or anomaly model by its own threshold; false for the other kinds.</param>
public readonly record struct ModelPrediction(float Score, float Probability, bool PredictedLabel);
