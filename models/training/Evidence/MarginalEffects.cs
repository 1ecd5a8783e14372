namespace DrugResponse.Training.Evidence;

/// <summary>
/// Published ratios compare groups of patients who differ in much else, and averaging over much else draws odds ratios towards 1. So where
/// other factors occur in the reference group as in the population, an effect is enlarged until, averaged over them, the published figure
/// comes back; by at most 15 %, and never beyond its published interval.
/// </summary>
internal static class MarginalEffects
{
    private const int Rounds = 40;
    private const double Close = 1e-6;

    // How much the other factors scatter is partly assumed, so their averaging may not decide over a published effect.
    private const double MostShare = 0.15;
    private const double NinetyFivePercent = 1.96;

    /// <summary>What is added to each factor's log odds ratio; 0 for assumed effects, straight lines, and where nothing is averaged over.</summary>
    public static double[] Adjustments(RiskEquation equation, PopulationAmounts population)
    {
        var added = new double[equation.Factors.Count];
        if (equation.Evidence.Reference.Without == ReferenceScope.Everything)
            return added;

        var reference = equation.ReferenceAmounts();
        var adjustable = Enumerable.Range(0, added.Length).Where(k => IsAdjustable(equation.Factors[k])).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            double[] effects = [.. equation.Factors.Select((factor, k) => factor.Effect.Value + added[k])];
            var intercept = population.Intercept(effects, reference, equation.Evidence.Baseline);
            var furthest = 0.0;
            foreach (var k in adjustable)
            {
                var step = equation.Factors[k].Effect.Value - MarginalLogOdds(equation, k, effects, intercept, reference, population);
                var next = Math.Clamp(added[k] + step, -Most(equation.Factors[k]), Most(equation.Factors[k]));
                (step, added[k]) = (next - added[k], next);
                furthest = Math.Max(furthest, Math.Abs(step));
            }

            if (furthest < Close)
                break;
        }

        return added;
    }

    /// <summary>Whether an effect is at the most that it may be enlarged to, so that the published figure may not quite come back.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="used">Its effect as used.</param>
    public static bool IsAtMost(RiskFactor factor, double used) => Math.Abs(used - factor.Effect.Value) > Most(factor) - Close;

    private static double Most(RiskFactor factor)
    {
        var share = MostShare * Math.Abs(factor.Effect.Value);
        return factor.Row is { Low: not null, High: not null } ? Math.Min(share, NinetyFivePercent * factor.Effect.StandardError) : share;
    }

    private static bool IsAdjustable(RiskFactor factor) =>
        factor.Feature is not null && factor.Term.Line is null && factor.Row.Basis != EvidenceBasis.Assumed && factor.Row.Share is null
        && factor.Row.Measure is "OR" or "RR" or "HR";

    // The log odds ratio that corresponds, at the published baseline, to the ratio between the averaged risks.
    private static double MarginalLogOdds(
        RiskEquation equation, int k, double[] effects, double intercept, double[] reference, PopulationAmounts population)
    {
        var factor = equation.Factors[k];
        var amounts = (double[])reference.Clone();
        for (var j = 0; j < amounts.Length; j++)
            if (equation.Factors[j].Feature == factor.Feature)
                amounts[j] = 0;
        var without = population.MeanRisk(effects, amounts, intercept);
        amounts[k] = 1;
        var with = population.MeanRisk(effects, amounts, intercept);
        if (factor.Row.OnComplement)
            (with, without) = (1 - with, 1 - without);

        var p0 = factor.Row.OnComplement ? 1 - equation.Evidence.Baseline : equation.Evidence.Baseline;
        var p1 = factor.Row.Measure switch
        {
            "RR" => Math.Min(with / without * p0, 0.99),
            "HR" => 1 - Math.Pow(1 - p0, Math.Log(1 - with) / Math.Log(1 - without)),
            _ => EffectScale.Probability(EffectScale.Logit(p0) + EffectScale.Logit(with) - EffectScale.Logit(without)),
        };
        var logOdds = EffectScale.Logit(p1) - EffectScale.Logit(p0);
        return factor.Row.OnComplement ? -logOdds : logOdds;
    }
}
