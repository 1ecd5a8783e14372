namespace DrugResponse.Training.Validation;

/// <summary>Order statistics that bound a new value with a stated chance.</summary>
internal static class Quantiles
{
    /// <summary>
    /// The interval that a new value, exchangeable with <paramref name="values"/>, falls into with probability of at least
    /// <paramref name="level"/>, both tails alike: order statistics floor((n + 1) tail) and ceil((n + 1)(1 - tail)).
    /// </summary>
    public static (double Lower, double Upper) Conformal(IEnumerable<double> values, double level)
    {
        var sorted = values.Order().ToArray();
        var tail = (1 - level) / 2;
        // Rounded, lest 20 x 0.1 fall short of 2.
        var lower = (int)Math.Floor(Math.Round((sorted.Length + 1) * tail, 9));
        var upper = (int)Math.Ceiling(Math.Round((sorted.Length + 1) * (1 - tail), 9));
        if (lower < 1 || upper > sorted.Length)
            throw new ArgumentException($"{sorted.Length} values are too few for an interval of level {level}.", nameof(values));

        return (sorted[lower - 1], sorted[upper - 1]);
    }
}
