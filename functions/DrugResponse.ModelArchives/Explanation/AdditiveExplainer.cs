using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Explains a constant plus one term per feature; exact.</summary>
/// <remarks>
/// Without a background the baseline is the constant and a feature contributes its term. With one, a feature contributes
/// its term less the mean of its terms over the background, which is its Shapley value, and the baseline is the mean raw score.
/// </remarks>
internal sealed class AdditiveExplainer : SlotExplainer
{
    private readonly AdditivePredictor _predictor;
    private readonly double[]? _means;
    private readonly double _baseline;

    public AdditiveExplainer(AdditivePredictor predictor, IReadOnlyList<float[]> background)
    {
        _predictor = predictor;
        _baseline = predictor.Intercept;
        if (background.Count == 0)
            return;

        _means = new double[background[0].Length];
        for (var feature = 0; feature < _means.Length; feature++)
        {
            _means[feature] = background.Sum(row => predictor.Term(feature, row[feature])) / background.Count;
            _baseline += _means[feature];
        }
    }

    public override double Explain(ReadOnlySpan<float> features, Span<double> contributions)
    {
        for (var feature = 0; feature < features.Length; feature++)
            contributions[feature] = _predictor.Term(feature, features[feature]) - (_means is null ? 0 : _means[feature]);

        return _baseline;
    }
}
