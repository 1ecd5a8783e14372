using DrugResponse.ModelArchives.Predictors.Trees;

namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Interventional Shapley values of a tree ensemble over a background: exact, the mean over the background rows.</summary>
internal sealed class TreeExplainer : SlotExplainer
{
    private readonly TreePredictor _predictor;
    private readonly IReadOnlyList<float[]> _background;
    private readonly ShapleyWeights _weights;
    private readonly double _baseline;
    private readonly double _scale;

    public TreeExplainer(TreePredictor predictor, IReadOnlyList<float[]> background)
    {
        var features = predictor.Trees.Select(tree => tree.SplitFeatures.Distinct().Count()).DefaultIfEmpty(0).Max();
        var depth = predictor.Trees.Select(tree => tree.Depth).DefaultIfEmpty(0).Max();
        if (Math.Max(features, depth) > ShapleyWeights.MostFeatures)
        {
            throw new ExplanationUnavailableException(
                $"A tree looks at {features} features and is {depth} splits deep; at most {ShapleyWeights.MostFeatures} of either can be explained.");
        }

        _predictor = predictor;
        _background = background;
        _weights = new ShapleyWeights(features);
        _scale = predictor.Sum == TreeSum.Average ? 1.0 / predictor.Trees.Count : 1;
        _baseline = background.Average(row => predictor.Trees.Sum(tree => tree.Leaf(row))) * _scale;
    }

    public override double Explain(ReadOnlySpan<float> features, Span<double> contributions)
    {
        var shapley = new TreeShapley(features, contributions, _weights);
        contributions.Clear();

        foreach (var row in _background)
        {
            foreach (var tree in _predictor.Trees)
                shapley.Add(tree, row);
        }

        foreach (ref var contribution in contributions)
            contribution *= _scale / _background.Count;

        return _baseline;
    }
}
