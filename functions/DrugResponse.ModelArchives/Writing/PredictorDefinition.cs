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

/// <summary>score = sum of one leaf value per tree, in Double and in order, rounded to Single. Base score and learning rate belong into the leaf values.</summary>
/// <param name="Trees">The trees; at least one.</param>
public sealed record TreeEnsembleDefinition(IReadOnlyList<TreeDefinition> Trees) : PredictorDefinition;

/// <summary>A binary tree of splits: node 0 is the root, and all nodes and leaves must be reached from it exactly once.</summary>
/// <param name="Splits">The splits, at least one.</param>
/// <param name="Leaves">The leaf values, finite, one more than splits.</param>
public sealed record TreeDefinition(IReadOnlyList<SplitDefinition> Splits, IReadOnlyList<double> Leaves);

/// <summary>A split: a value that is at most the threshold goes to the first child, a greater one to the second.</summary>
/// <param name="Feature">Feature slot.</param>
/// <param name="Threshold">The threshold; not NaN.</param>
/// <param name="FirstChild">A split by its number, or leaf k as the complement ~k.</param>
/// <param name="SecondChild">A split by its number, or leaf k as the complement ~k.</param>
public sealed record SplitDefinition(int Feature, float Threshold, int FirstChild, int SecondChild)
{
    /// <summary>Whether a missing value goes to the first child. Default false: it goes to the second.</summary>
    public bool MissingGoesFirst { get; init; }
}
