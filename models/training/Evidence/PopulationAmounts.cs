namespace DrugResponse.Training.Evidence;

/// <summary>Amounts of an equation's factors in a sample of its population. Immutable.</summary>
/// <param name="amounts">Amounts by patient and factor; none is missing.</param>
/// <param name="weights">How much each patient counts.</param>
internal sealed class PopulationAmounts(IReadOnlyList<double[]> amounts, IReadOnlyList<double> weights)
{
    private const double Tolerance = 1e-10;

    /// <summary>
    /// The intercept at which the reference group has a rate. Factors with a stated amount in the group have it in every patient; the
    /// others have the patient's own.
    /// </summary>
    /// <param name="effects">Log odds ratios.</param>
    /// <param name="reference">Amounts in the reference group; NaN where the patient's own holds.</param>
    /// <param name="rate">The rate.</param>
    public double Intercept(double[] effects, double[] reference, double rate)
    {
        var shifts = Shifts(effects, reference);
        var intercept = EffectScale.Logit(rate) - shifts[0];
        for (var iteration = 0; iteration < 100; iteration++)
        {
            double mean = 0, slope = 0, total = 0;
            for (var n = 0; n < shifts.Length; n++)
            {
                var p = EffectScale.Probability(intercept + shifts[n]);
                mean += weights[n] * p;
                slope += weights[n] * p * (1 - p);
                total += weights[n];
            }

            // Newton on the log of the rate: steady where the rate is far below what a few patients have.
            var step = Math.Clamp((Math.Log(rate) - Math.Log(mean / total)) * mean / Math.Max(slope, 1e-300), -2, 2);
            intercept += step;
            if (Math.Abs(step) < Tolerance)
                return intercept;
        }

        throw new InvalidOperationException($"No intercept gives the rate {rate}.");
    }

    /// <summary>Mean risk of the population when some factors have a stated amount in every patient.</summary>
    /// <param name="effects">Log odds ratios.</param>
    /// <param name="stated">Amounts; NaN where the patient's own holds.</param>
    /// <param name="intercept">The intercept.</param>
    public double MeanRisk(double[] effects, double[] stated, double intercept)
    {
        var shifts = Shifts(effects, stated);
        double mean = 0, total = 0;
        for (var n = 0; n < shifts.Length; n++)
        {
            mean += weights[n] * EffectScale.Probability(intercept + shifts[n]);
            total += weights[n];
        }

        return mean / total;
    }

    private double[] Shifts(double[] effects, double[] reference)
    {
        var shifts = new double[amounts.Count];
        for (var n = 0; n < shifts.Length; n++)
            for (var k = 0; k < effects.Length; k++)
                shifts[n] += effects[k] * (double.IsNaN(reference[k]) ? amounts[n][k] : reference[k]);

        return shifts;
    }
}
