namespace DrugResponse.Training.Additive;

/// <summary>Rows to fit: features in the order of the terms, the outcome, and how much each row counts.</summary>
internal sealed record TrainingSet(IReadOnlyList<float[]> Rows, IReadOnlyList<double> Outcomes, IReadOnlyList<double> Weights);
