namespace DrugResponse.Training.Additive;

/// <summary>
/// What a fit makes small, as iteratively reweighted least squares: a working outcome and a working weight per row.
/// </summary>
internal abstract record Loss
{
    /// <summary>Score that every row starts from.</summary>
    public abstract double Start(TrainingSet data);

    /// <summary>Working outcome and weight of a row whose present score is <paramref name="score"/>.</summary>
    public abstract (double Outcome, double Weight) Work(double outcome, double score);

    protected static double WeightedMean(TrainingSet data)
    {
        double sum = 0, weights = 0;
        for (var n = 0; n < data.Outcomes.Count; n++)
        {
            sum += data.Weights[n] * data.Outcomes[n];
            weights += data.Weights[n];
        }

        return sum / weights;
    }
}

/// <summary>
/// Squared error within <paramref name="Delta"/>, absolute error beyond: the fit follows the median rather than the mean, so
/// squaring a predicted square root needs no correction, and a dose that is an artefact pulls no harder than any other.
/// </summary>
internal sealed record HuberLoss(double Delta) : Loss
{
    public override double Start(TrainingSet data) => WeightedMean(data);

    public override (double Outcome, double Weight) Work(double outcome, double score) =>
        (outcome, Math.Min(1, Delta / Math.Max(Math.Abs(outcome - score), 1e-12)));
}

/// <summary>Negative log-likelihood of 0/1 outcomes; scores are log-odds.</summary>
internal sealed record LogisticLoss : Loss
{
    public override double Start(TrainingSet data)
    {
        var mean = WeightedMean(data);
        return Math.Log(mean / (1 - mean));
    }

    public override (double Outcome, double Weight) Work(double outcome, double score)
    {
        var probability = 1 / (1 + Math.Exp(-score));
        var weight = Math.Max(probability * (1 - probability), 1e-4);
        return (score + (outcome - probability) / weight, weight);
    }
}
