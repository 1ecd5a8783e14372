namespace DrugResponse.Training.Additive;

/// <summary>
/// What a fit makes small, as iteratively reweighted least squares: a working outcome and a working weight per row.
/// </summary>
internal abstract class Loss
{
    /// <summary>Score that every row starts from.</summary>
    public abstract double Start(TrainingSet data);

    /// <summary>Working outcome and weight of a row whose present score is <paramref name="score"/>.</summary>
    public abstract (double Outcome, double Weight) Work(double outcome, double score);

    /// <summary>Working outcome and weight in the first round, when every row has the score <paramref name="start"/>.</summary>
    public virtual (double Outcome, double Weight) FirstWork(double outcome, double start) => Work(outcome, start);

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
/// Squared error within <paramref name="delta"/>, absolute error beyond: the fit follows the median rather than the mean, so
/// squaring a predicted square root needs no correction, and a dose that is an artefact pulls no harder than any other.
/// </summary>
internal sealed class HuberLoss(double delta) : Loss
{
    public override double Start(TrainingSet data) => WeightedMean(data);

    public override (double Outcome, double Weight) Work(double outcome, double score) =>
        (outcome, Math.Min(1, delta / Math.Max(Math.Abs(outcome - score), 1e-12)));
}

/// <summary>Negative log-likelihood of 0/1 outcomes; scores are log-odds.</summary>
internal sealed class LogisticLoss : Loss
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

/// <summary>
/// Cross-entropy against known risks instead of drawn events, for models whose teacher states each row's risk: nothing of a rare outcome is
/// lost to chance. Weights are taken relative to the average row's, so that penalties in units of rows mean the same however rare it is.
/// </summary>
/// <param name="averageVariance">Average of p (1 - p) over the rows.</param>
internal sealed class ExpectedRiskLoss(double averageVariance) : Loss
{
    private const double LeastWeight = 1e-6;

    public override double Start(TrainingSet data)
    {
        var mean = WeightedMean(data);
        return Math.Log(mean / (1 - mean));
    }

    public override (double Outcome, double Weight) Work(double outcome, double score)
    {
        var probability = 1 / (1 + Math.Exp(-score));
        var variance = Math.Max(probability * (1 - probability), LeastWeight * averageVariance);
        return (score + (outcome - probability) / variance, variance / averageVariance);
    }

    // From the rows' own risks the rounds converge whatever the range of risks; from the average they would overshoot.
    public override (double Outcome, double Weight) FirstWork(double outcome, double start) =>
        (Math.Log(outcome / (1 - outcome)), outcome * (1 - outcome) / averageVariance);
}

/// <summary>Squared error; <see cref="TrainingSet.Weights"/> alone say how much a row counts.</summary>
internal sealed class SquaredLoss : Loss
{
    public override double Start(TrainingSet data) => WeightedMean(data);

    public override (double Outcome, double Weight) Work(double outcome, double score) => (outcome, 1);
}
