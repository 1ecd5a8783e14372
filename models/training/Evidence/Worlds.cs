using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.Evidence;

/// <summary>
/// Many versions of a risk equation: in each, baseline and effects are drawn from their intervals, and the intercept is set so that the
/// reference group has the drawn rate. World 0 of <see cref="Central"/> has the published figures themselves. Immutable.
/// </summary>
internal sealed class Worlds
{
    private readonly double[] _intercepts;
    private readonly double[][] _effects;
    private readonly double _sign;

    private Worlds(double[] intercepts, double[][] effects, double sign)
    {
        _intercepts = intercepts;
        _effects = effects;
        _sign = sign;
    }

    /// <summary>How many there are.</summary>
    public int Count => _intercepts.Length;

    /// <summary>The world of the published figures.</summary>
    /// <param name="equation">The equation.</param>
    /// <param name="population">Amounts of the factors in patients of the population, and how much each counts.</param>
    public static Worlds Central(RiskEquation equation, PopulationAmounts population)
    {
        var added = MarginalEffects.Adjustments(equation, population);
        double[] effects = [.. equation.Factors.Select((factor, k) => factor.Effect.Value + added[k])];
        var intercept = population.Intercept(effects, equation.ReferenceAmounts(), equation.Evidence.Baseline);
        return new Worlds([intercept], [effects], Sign(equation));
    }

    /// <summary>
    /// Draws worlds. Each quantity is drawn by strata of equal chance, one draw in each (Latin hypercube), so that the worlds fill the
    /// intervals evenly.
    /// </summary>
    /// <param name="equation">The equation.</param>
    /// <param name="central">The world of the published figures.</param>
    /// <param name="sample">A smaller sample of the population; what it lacks against the one of <paramref name="central"/> is made up for.</param>
    /// <param name="count">How many.</param>
    /// <param name="random">The stream.</param>
    public static Worlds Draw(RiskEquation equation, Worlds central, PopulationAmounts sample, int count, CohortRandom random)
    {
        var factors = equation.Factors;
        var baselines = StratifiedNormals(count, random);
        double[]?[] normals = [.. factors.Select(factor => factor.Follows >= 0 ? null : StratifiedNormals(count, random))];
        var reference = equation.ReferenceAmounts();
        var correction = central._intercepts[0] - sample.Intercept(central._effects[0], reference, equation.Evidence.Baseline);
        var intercepts = new double[count];
        var effects = new double[count][];
        for (var w = 0; w < count; w++)
        {
            var drawn = new double[factors.Count];
            for (var k = 0; k < drawn.Length; k++)
                if (normals[k] is { } own)
                    drawn[k] = central._effects[0][k] + factors[k].Effect.StandardError * own[w];
            for (var k = 0; k < drawn.Length; k++)
                if (factors[k].Follows is >= 0 and var leader)
                    drawn[k] = central._effects[0][k] * drawn[leader] / central._effects[0][leader];
            var baseline = equation.Baseline.Value + equation.Baseline.StandardError * baselines[w];
            effects[w] = drawn;
            intercepts[w] = correction + sample.Intercept(drawn, reference, EffectScale.Probability(baseline));
        }

        return new Worlds(intercepts, effects, Sign(equation));
    }

    /// <summary>Mean and standard deviation of the log-odds of the endpoint over all worlds.</summary>
    /// <param name="amounts">Amounts of the factors in the patient.</param>
    public (double Mean, double Deviation) Moments(ReadOnlySpan<double> amounts)
    {
        double sum = 0, squares = 0;
        for (var world = 0; world < Count; world++)
        {
            var logOdds = LogOdds(world, amounts);
            sum += logOdds;
            squares += logOdds * logOdds;
        }

        var mean = sum / Count;
        return (mean, Math.Sqrt(Math.Max(squares / Count - mean * mean, 0)));
    }

    /// <summary>Log odds ratios of the published event in a world, per factor.</summary>
    public IReadOnlyList<double> Effects(int world) => _effects[world];

    /// <summary>Log-odds of the endpoint in a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="amounts">Amounts of the factors in the patient.</param>
    public double LogOdds(int world, ReadOnlySpan<double> amounts)
    {
        var effects = _effects[world];
        var sum = _intercepts[world];
        for (var k = 0; k < effects.Length; k++)
            sum += effects[k] * amounts[k];
        return _sign * sum;
    }

    private static double Sign(RiskEquation equation) => equation.IsAbsenceOfEvent ? -1 : 1;

    private static double[] StratifiedNormals(int count, CohortRandom random)
    {
        var order = random.Permutation(count);
        return [.. order.Select(stratum => NormalQuantile.Of((stratum + 0.5) / count))];
    }
}
