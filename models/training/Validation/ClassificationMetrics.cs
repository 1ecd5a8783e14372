namespace DrugResponse.Training.Validation;

/// <summary>How well probabilities tell yes from no, and how well they agree with what happened.</summary>
internal static class ClassificationMetrics
{
    /// <summary>
    /// Area under the ROC curve: the chance that a random yes has the higher probability than a random no, ties counting half.
    /// </summary>
    /// <param name="outcomes">What happened.</param>
    /// <param name="probabilities">What was predicted.</param>
    /// <param name="counts">How often each row counts (a bootstrap resample); null for once.</param>
    public static double AreaUnderCurve(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> probabilities, IReadOnlyList<int>? counts = null)
    {
        var order = Enumerable.Range(0, outcomes.Count).OrderBy(n => probabilities[n]).ToArray();
        return AreaUnderCurve(outcomes, probabilities, counts, order);
    }

    /// <summary>95 % bootstrap interval of the area under the curve.</summary>
    public static (double Low, double High) AreaInterval(IReadOnlyList<bool> outcomes, IReadOnlyList<double> probabilities, int seed)
    {
        var order = Enumerable.Range(0, outcomes.Count).OrderBy(n => probabilities[n]).ToArray();
        return Bootstrap.Interval(
            outcomes.Count, seed, counts => AreaUnderCurve(outcomes, probabilities, counts, order));
    }

    /// <summary>Mean squared difference between probability and outcome.</summary>
    public static double Brier(IReadOnlyList<bool> outcomes, IReadOnlyList<double> probabilities) =>
        outcomes.Zip(probabilities, static (outcome, p) => (p - (outcome ? 1 : 0)) * (p - (outcome ? 1 : 0))).Average();

    /// <summary>
    /// Intercept and slope of a logistic regression of the outcome on the predicted log-odds; 0 and 1 when calibrated. A slope
    /// under 1 says that the predictions are too extreme.
    /// </summary>
    public static (double Intercept, double Slope) Calibration(IReadOnlyList<bool> outcomes, IReadOnlyList<double> probabilities)
    {
        double intercept = 0, slope = 1;
        for (var iteration = 0; iteration < 50; iteration++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (var n = 0; n < outcomes.Count; n++)
            {
                var x = LogOdds(probabilities[n]);
                var p = 1 / (1 + Math.Exp(-(intercept + slope * x)));
                var gradient = (outcomes[n] ? 1 : 0) - p;
                var weight = p * (1 - p);
                g0 += gradient;
                g1 += gradient * x;
                h00 += weight;
                h01 += weight * x;
                h11 += weight * x * x;
            }

            var determinant = h00 * h11 - h01 * h01;
            var (step0, step1) = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
            (intercept, slope) = (intercept + step0, slope + step1);
            if (Math.Abs(step0) + Math.Abs(step1) < 1e-10)
                break;
        }

        return (intercept, slope);
    }

    public static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    private static double AreaUnderCurve(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> probabilities, IReadOnlyList<int>? counts, int[] order)
    {
        double pairsWon = 0, noBelow = 0, yes = 0;
        for (var start = 0; start < order.Length;)
        {
            double yesHere = 0, noHere = 0;
            var end = start;
            for (; end < order.Length && probabilities[order[end]] == probabilities[order[start]]; end++)
            {
                var count = counts?[order[end]] ?? 1;
                if (outcomes[order[end]])
                    yesHere += count;
                else
                    noHere += count;
            }

            pairsWon += yesHere * (noBelow + noHere / 2);
            noBelow += noHere;
            yes += yesHere;
            start = end;
        }

        return pairsWon / (yes * noBelow);
    }
}
