using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Scoring;

/// <summary>Where the value of a feature is found after scoring.</summary>
internal readonly struct FeatureColumn
{
    private readonly int _model;
    private readonly int _column;
    private readonly Feature _feature;

    /// <param name="feature">The feature.</param>
    /// <param name="model">The model that is to have had the value.</param>
    /// <param name="place">The model's place among those of its drug.</param>
    public FeatureColumn(Feature feature, ScoredModel model, int place)
    {
        _feature = feature;
        _model = place;
        _column = model.Features.IndexOf(feature);
    }

    /// <summary>The value as the model had it; of a feature that it does not use, as the patient has it.</summary>
    public float ValueIn(Scored[] scored, FeatureContext context) =>
        _column >= 0 ? scored[_model].Result.Values[_column] : _feature.Compute(context);
}
