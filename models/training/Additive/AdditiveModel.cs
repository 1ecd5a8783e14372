namespace DrugResponse.Training.Additive;

/// <summary>
/// A fitted additive model in the form of ML.NET's generalised additive model: an intercept and, per feature, a step function
/// whose first bin holds the missing values. Effects average to zero over the training rows where the feature is known, so the
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

/// <summary>Effect of one feature: bin k holds (UpperBounds[k-1], UpperBounds[k]], and NaN falls into bin 0.</summary>
internal sealed record ShapeFunction(string Feature, double[] UpperBounds, double[] Effects)
{
    /// <summary>Upper bound of the bin for missing values: no finite feature value lies at or below it.</summary>
    public const double MissingBound = float.MinValue;

    public int Bin(float value)
    {
        if (float.IsNaN(value))
            return 0;

        var at = Array.BinarySearch(UpperBounds, value);
        return at >= 0 ? at : ~at;
    }

    public double Effect(float value) => Effects[Bin(value)];
}
