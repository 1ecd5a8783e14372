namespace DrugResponse.ModelArchives;

/// <summary>A raw score as a sum: a baseline and one contribution per input column.</summary>
/// <remarks>
/// The raw score is what the predictor sums up: the margin before calibration, and for Poisson and Tweedie models the
/// exponent. What a column is worth is the sum over the feature slots made from it, by one-hot encoding, normalization or
/// missing-value indicators.
/// </remarks>
public sealed class ModelExplanation
{
    internal ModelExplanation(double baseline, double[] contributions)
    {
        Baseline = baseline;
        Contributions = contributions;
    }

    /// <summary>The part of the raw score that belongs to no input.</summary>
    public double Baseline { get; }

    /// <summary>What each of <see cref="ModelScorer.Inputs"/> adds to the raw score, in that order.</summary>
    public IReadOnlyList<double> Contributions { get; }

    /// <summary>Baseline plus all contributions: the raw score in Double.</summary>
    public double RawScore => Baseline + Contributions.Sum();
}
