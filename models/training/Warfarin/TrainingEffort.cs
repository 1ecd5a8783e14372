namespace DrugResponse.Training.Warfarin;

/// <summary>How much is spent on measuring a model; it does not change the model.</summary>
/// <param name="Folds">Folds of the cross-validation.</param>
/// <param name="Repeats">Times that the dose model is cross-validated.</param>
/// <param name="Refits">Refits to resampled subjects for the intervals of probabilities.</param>
internal sealed record TrainingEffort(int Folds, int Repeats, int Refits)
{
    /// <summary>What published models are measured with.</summary>
    public static TrainingEffort Full { get; } = new(Folds: 10, Repeats: 3, Refits: 40);
}
