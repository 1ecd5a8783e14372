namespace DrugResponse.Prediction.Features;

/// <summary>
/// What a feature may look at: the patient, and what models scored earlier for the same drug have said. Immutable as long as
/// the dictionary given is not changed.
/// </summary>
/// <param name="patient">The patient.</param>
/// <param name="earlierScores">Raw scores (on each model's own scale) by <c>drug/endpoint</c>, or null when there are none yet.</param>
public sealed class FeatureContext(PatientProfile patient, IReadOnlyDictionary<string, float>? earlierScores = null)
{
    /// <summary>The patient.</summary>
    public PatientProfile Patient { get; } = patient;

    /// <summary>Raw score of an earlier model, or NaN when it has not been scored.</summary>
    /// <param name="model">The model as <c>drug/endpoint</c>.</param>
    public float EarlierScore(string model) =>
        earlierScores is not null && earlierScores.TryGetValue(model, out var score) ? score : float.NaN;
}
