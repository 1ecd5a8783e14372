namespace DrugResponse.Prediction.Scoring;

/// <summary>The scale of a model's raw score, and the way from it to the answer.</summary>
internal sealed record ScoreScale
{
    private readonly Func<double, double> _toAnswer;

    private ScoreScale(string name, bool isProbability, Func<double, double> toAnswer)
    {
        Name = name;
        IsProbability = isProbability;
        _toAnswer = toAnswer;
    }

    /// <summary>Natural logarithm of the odds; the answer is a probability, 1 / (1 + e^-score).</summary>
    public static ScoreScale LogOdds { get; } = new("log-odds", isProbability: true, static score => 1 / (1 + Math.Exp(-score)));

    /// <summary>Square root of the weekly dose in mg; the answer is the dose. A negative score, below any dose, is 0.</summary>
    public static ScoreScale SquareRootMilligramsPerWeek { get; } =
        new("sqrt-mg-per-week", isProbability: false, static score => Math.Max(score, 0) * Math.Max(score, 0));

    /// <summary>Name as in the model card.</summary>
    public string Name { get; }

    /// <summary>Whether the answer is a probability; else it is a quantity with a unit.</summary>
    public bool IsProbability { get; }

    /// <summary>The scale of a name, or null.</summary>
    public static ScoreScale? Find(string name) =>
        name == LogOdds.Name ? LogOdds : name == SquareRootMilligramsPerWeek.Name ? SquareRootMilligramsPerWeek : null;

    /// <summary>The answer that a score stands for. Monotonic, so interval ends map to interval ends.</summary>
    public double ToAnswer(double score) => _toAnswer(score);
}
