using DrugResponse.Training.Additive;
using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Fits an additive model to rows whose risks are known.</summary>
internal static class ExpectedRiskFit
{
    // A full step overshoots where the known score lies far below the risk, as with a carrier state that decides alone and is not known.
    private const double LongestStep = 1;

    /// <summary>Fits a model whose score is the log-odds of the average risk of patients like the row.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="rows">Values in the order of the terms.</param>
    /// <param name="logOdds">Log-odds of each row's true risk.</param>
    /// <param name="weights">How much each row counts.</param>
    public static AdditiveModel Fit(
        IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, IReadOnlyList<double> logOdds, IReadOnlyList<double> weights)
    {
        var grouped = BinGroups.Of(terms, rows, [.. logOdds.Select(EffectScale.Probability)], weights);
        return AdditiveFit.Fit(terms, grouped, Loss(grouped));
    }

    /// <summary>Fits what is missing, with the effects of known values fixed.</summary>
    /// <param name="staged">The first stage.</param>
    /// <param name="terms">All terms.</param>
    /// <param name="rows">Values in the order of the terms.</param>
    /// <param name="logOdds">Log-odds of each row's true risk.</param>
    /// <param name="weights">How much each row counts.</param>
    public static AdditiveModel FitMissing(
        StagedFit staged, IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, IReadOnlyList<double> logOdds, IReadOnlyList<double> weights)
    {
        var grouped = BinGroups.Of(terms, rows, [.. logOdds.Select(EffectScale.Probability)], weights);
        return staged.Fit(grouped, Loss(grouped), LongestStep);
    }

    private static ExpectedRiskLoss Loss(TrainingSet grouped)
    {
        double variance = 0, total = 0;
        for (var n = 0; n < grouped.Rows.Count; n++)
        {
            variance += grouped.Weights[n] * grouped.Outcomes[n] * (1 - grouped.Outcomes[n]);
            total += grouped.Weights[n];
        }

        return new ExpectedRiskLoss(variance / total);
    }
}
