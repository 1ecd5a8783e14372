using System.Collections.Immutable;
using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// A model ready to score: its archive compiled, its inputs bound to features, its card at hand. Immutable and thread-safe.
/// </summary>
public sealed class ScoredModel
{
    private readonly ModelScorer _scorer;
    private readonly ScoreScale _scale;
    private readonly IntervalSource _interval;

    /// <param name="scorer">The compiled archive.</param>
    /// <param name="features">What its inputs stand for, in order, and then what only the interval looks at.</param>
    /// <param name="interval">Where the interval comes from.</param>
    /// <param name="card">The card; its scale is known.</param>
    /// <param name="registered">Where the registry has the model.</param>
    internal ScoredModel(
        ModelScorer scorer, ImmutableArray<Feature> features, IntervalSource interval, ModelCard card, RegisteredModel registered)
    {
        _scorer = scorer;
        _scale = ScoreScale.Find(card.Scale)!;
        _interval = interval;
        Features = features;
        Card = card;
        Registered = registered;
        Reference = new ModelReference(
            registered.Id,
            card.Version,
            registered.Version.ModelSha256,
            JsonNamingPolicy.KebabCaseLower.ConvertName(card.TrainedOn.ToString()));
    }

    /// <summary>
    /// The features that an answer rests on, each once: those that the model asks for, in the order of its inputs, and then those that
    /// only its interval depends on.
    /// </summary>
    public ImmutableArray<Feature> Features { get; }

    /// <summary>The model card.</summary>
    public ModelCard Card { get; }

    /// <summary>Id, version, hash and what taught it, as answers quote them.</summary>
    public ModelReference Reference { get; }

    /// <summary>Whether this endpoint stands for its kind where a drug has several of it.</summary>
    public bool IsPrimary => Registered.Endpoint.Primary;

    /// <summary>The version's files and their hashes.</summary>
    public IReadOnlyList<RegisteredFile> Files => Registered.Version.ListFiles();

    /// <summary>Where the registry has the model.</summary>
    internal RegisteredModel Registered { get; }

    /// <summary>Models that must be scored before this one, as <c>drug/endpoint</c>.</summary>
    internal IEnumerable<string> Needs => Features.Select(feature => feature.ChainedFrom).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The shape functions of which the raw score is the sum; their inputs are features of the catalogue.</summary>
    /// <exception cref="ExplanationUnavailableException">The model has none; the message says why.</exception>
    public ShapeFunctions GetShapeFunctions() => _scorer.GetShapeFunctions();

    /// <summary>The probability, or the dose, for feature values given one by one rather than by a patient.</summary>
    /// <param name="values">Values by feature name; a feature without one is missing.</param>
    /// <exception cref="ModelInputException">A value lies outside what the model can take.</exception>
    public double Answer(IReadOnlyDictionary<string, float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var row = new float[_scorer.RowLength];
        for (var i = 0; i < row.Length; i++)
            row[i] = values.TryGetValue(Features[i].Name, out var value) ? value : float.NaN;

        return AnswerOf(_scorer.Predict(row));
    }

    /// <summary>The same model under another registration of the same version.</summary>
    internal ScoredModel As(RegisteredModel registered) => new(_scorer, Features, _interval, Card, registered);

    /// <summary>Scores and explains one patient.</summary>
    internal ModelResult Score(FeatureContext context)
    {
        var values = new float[Features.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Features[i].Compute(context);

        var row = values.AsSpan(0, _scorer.RowLength);
        var (prediction, explanation) = _scorer.PredictExplained(row);
        var score = _scale.IsProbability ? LogOdds(prediction.Probability) : prediction.Score;
        var (low, high) = _interval.Around(score, values);
        return new ModelResult
        {
            RawScore = prediction.Score,
            Answer = AnswerOf(prediction),
            Interval = new PredictionInterval(
                _scale.ToAnswer(low), _scale.ToAnswer(high), Card.Interval.Level),
            Scale = _scale.Name,
            Score = explanation.RawScore,
            Baseline = explanation.Baseline,
            Contributions = Contributions(row, explanation),
            Values = values,
        };
    }

    private double AnswerOf(ModelPrediction prediction) =>
        _scale.IsProbability ? prediction.Probability : _scale.ToAnswer(prediction.Score);

    // The interval is laid around the calibrated probability's own log-odds, whatever calibrator the archive has.
    private static double LogOdds(double probability)
    {
        const double Least = 1e-9;
        var bounded = Math.Clamp(probability, Least, 1 - Least);
        return Math.Log(bounded / (1 - bounded));
    }

    private List<FeatureContribution> Contributions(ReadOnlySpan<float> values, ModelExplanation explanation)
    {
        var contributions = new List<FeatureContribution>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            contributions.Add(new FeatureContribution(
                Features[i].Name, float.IsNaN(values[i]) ? null : values[i], explanation.Contributions[i]));
        }

        contributions.Sort(static (a, b) => Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution)) switch
        {
            0 => string.CompareOrdinal(a.Feature, b.Feature),
            var order => order,
        });
        return contributions;
    }
}

/// <summary>What one model says about one patient.</summary>
internal sealed record ModelResult
{
    /// <summary>The archive's raw score, as later models of the same drug are given it.</summary>
    public required float RawScore { get; init; }

    /// <summary>Probability, or dose.</summary>
    public required double Answer { get; init; }

    /// <summary>Interval on the answer's scale.</summary>
    public required PredictionInterval Interval { get; init; }

    /// <summary>Name of the score's scale.</summary>
    public required string Scale { get; init; }

    /// <summary>Baseline plus contributions.</summary>
    public required double Score { get; init; }

    /// <summary>Score before anything is known.</summary>
    public required double Baseline { get; init; }

    /// <summary>One entry per feature, largest share first.</summary>
    public required IReadOnlyList<FeatureContribution> Contributions { get; init; }

    /// <summary>Feature values in the order of <see cref="ScoredModel.Features"/>; NaN where missing.</summary>
    public required float[] Values { get; init; }
}
