namespace DrugResponse.ModelArchives.Writing;

/// <summary>A predictor to be written.</summary>
public abstract record PredictorDefinition
{
    private protected PredictorDefinition()
    {
    }
}

/// <summary>score = bias + sum of weight * feature, in Single.</summary>
/// <param name="Bias">The constant; finite.</param>
/// <param name="Weights">One finite weight per feature slot.</param>
public sealed record LinearDefinition(float Bias, IReadOnlyList<float> Weights) : PredictorDefinition;

/// <summary>score = intercept + sum of the effects of the bins that the features fall into.</summary>
/// <param name="Intercept">The constant; finite.</param>
/// <param name="ShapeFunctions">One per feature slot; null for a slot that has no effect.</param>
public sealed record GamDefinition(double Intercept, IReadOnlyList<ShapeFunctionDefinition?> ShapeFunctions) : PredictorDefinition;

/// <summary>The effect of one feature by bins of its value: bin k holds the values above bound k-1 up to and including bound k.</summary>
/// <param name="UpperBounds">Upper bounds of the bins, ascending; all finite but the last, which is positive infinity.</param>
/// <param name="Effects">One finite effect per bin.</param>
/// <param name="MissingEffect">
/// The effect of a missing value. The format gives a missing value the effect of bin 0; if this effect differs from the
/// first one, the writer puts a bin in front for it whose upper bound, -1.797e308, lies below every finite number
/// (only negative infinity shares it).
/// </param>
public sealed record ShapeFunctionDefinition(IReadOnlyList<double> UpperBounds, IReadOnlyList<double> Effects, double MissingEffect);
