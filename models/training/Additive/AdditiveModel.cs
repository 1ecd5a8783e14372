namespace DrugResponse.Training.Additive;

/// <summary>
/// A fitted additive model in the form of ML.NET's generalised additive model: an intercept and, per feature, a step function.
/// Effects average to zero over the training rows where the feature is known, so the
/// intercept is the average patient.
/// </summary>
internal sealed record AdditiveModel(double Intercept, IReadOnlyList<ShapeFunction> Shapes)
{
    /// <summary>Score of one row, its features in the order of <see cref="Shapes"/>.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var score = Intercept;
        for (var k = 0; k < Shapes.Count; k++)
            score += Shapes[k].Effect(row[k]);

        return score;
    }
}

/// <summary>
/// Effect of one feature: bin k holds the values above bound k-1 up to and including bound k; a missing value has an effect of
/// its own. The last bound is positive infinity.
/// </summary>
internal sealed record ShapeFunction(string Feature, double[] UpperBounds, double[] Effects, double MissingEffect)
{
    public double Effect(float value)
    {
        if (float.IsNaN(value))
            return MissingEffect;

        var at = Array.BinarySearch(UpperBounds, value);
        return Effects[at >= 0 ? at : ~at];
    }
}
