namespace DrugResponse.Training.Validation;

/// <summary>Confidence intervals by resampling subjects with replacement.</summary>
internal static class Bootstrap
{
    private const int Resamples = 2000;

    /// <summary>How often each of <paramref name="subjects"/> subjects is drawn in one resample.</summary>
    public static int[] Draw(int subjects, Random random)
    {
        var counts = new int[subjects];
        for (var n = 0; n < subjects; n++)
            counts[random.Next(subjects)]++;

        return counts;
    }

    /// <summary>95 % percentile interval of a statistic of the resampled subjects.</summary>
    public static (double Low, double High) Interval(int subjects, int seed, Func<IReadOnlyList<int>, double> statistic)
    {
        var random = new Random(seed);
        var values = new double[Resamples];
        for (var n = 0; n < Resamples; n++)
            values[n] = statistic(Draw(subjects, random));
        Array.Sort(values);

        return (values[(int)(0.025 * Resamples)], values[(int)(0.975 * Resamples) - 1]);
    }

    /// <summary>Mean of a figure per subject, with its 95 % interval. Paired when the figure is a difference within the subject.</summary>
    public static (double Mean, double Low, double High) Mean(IReadOnlyList<double> figures, int seed)
    {
        var (low, high) = Interval(figures.Count, seed, counts =>
        {
            double sum = 0;
            for (var n = 0; n < counts.Count; n++)
                sum += counts[n] * figures[n];
            return sum / counts.Count;
        });

        return (figures.Average(), low, high);
    }
}
