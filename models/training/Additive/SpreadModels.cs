namespace DrugResponse.Training.Additive;

/// <summary>
/// Two additive models of how far the interval reaches below and above the score: each gives the square of the distance. With everything
/// known the square is a sum over factors exactly (variances add up), and each thing that is not known adds its own part.
/// </summary>
/// <param name="Below">Square of the distance below.</param>
/// <param name="Above">Square of the distance above.</param>
internal sealed record SpreadModels(AdditiveModel Below, AdditiveModel Above)
{
    /// <summary>The interval around a score.</summary>
    public (double Low, double High) Around(double score, ReadOnlySpan<float> row) =>
        (score - Math.Sqrt(Math.Max(Below.Score(row), 0)), score + Math.Sqrt(Math.Max(Above.Score(row), 0)));
}
