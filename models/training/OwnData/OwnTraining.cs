using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.ReferenceModels;
using DrugResponse.Training.Validation;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.OwnData;

/// <summary>Trains an endpoint's model on real patients: the same kind of model, the same archives, metrics out of fold.</summary>
/// <param name="equation">What is published of the endpoint.</param>
/// <param name="version">Version of the model.</param>
/// <param name="seed">Seed of folds, resamples and hidden parts.</param>
internal sealed class OwnTraining(RiskEquation equation, string version, int seed)
{
    private const int FoldCount = 10;
    private const int Refits = 40;
    private const double HiddenShare = 0.3;

    // Square of the 95 % quantile of the standard normal distribution.
    private const double NinetyPercentSquare = 2.7055434540954;

    /// <summary>Trains.</summary>
    /// <param name="cohort">The patients.</param>
    /// <param name="source">Name of the file, for the card.</param>
    public OwnModel Run(OwnCohort cohort, string source)
    {
        var terms = OwnTerms.Of(cohort, equation);
        double[] outcomes = [.. cohort.Outcomes.Select(static outcome => outcome ? 1.0 : 0.0)];
        var random = CohortRandom.For(seed, $"own/{equation.Evidence.Id}");
        var hidden = cohort.Rows.Select(row => Array.ConvertAll(row, value => random.Chance(HiddenShare) ? float.NaN : value)).ToList();
        var model = Fit(terms, cohort.Rows, hidden, outcomes, [.. outcomes.Select(static _ => 1.0)]);
        var spread = FitSpread(terms, model, cohort.Rows, hidden, outcomes, random);
        var scores = OutOfFoldScores(terms, cohort, hidden, outcomes);
        double[] probabilities = [.. scores.Select(EffectScale.Probability)];
        return new OwnModel(
            model, spread, Card(cohort, source, Metrics(cohort, outcomes, scores, probabilities), ReliabilityCurve.Of(probabilities, outcomes)));
    }

    // Each patient as known, and with a random part hidden at a quarter of the weight, so that missing values have a level to learn.
    private static AdditiveModel Fit(
        IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, IReadOnlyList<float[]> hidden, double[] outcomes, double[] weights) =>
        AdditiveFit.Fit(
            terms,
            new TrainingSet([.. rows, .. hidden], [.. outcomes, .. outcomes], [.. weights, .. weights.Select(static weight => weight / 4)]),
            new LogisticLoss());

    // What refits to resampled patients say with everything known, against what this model says of what is known.
    private static SpreadModels FitSpread(
        IReadOnlyList<AdditiveTerm> terms, AdditiveModel model, IReadOnlyList<float[]> rows, IReadOnlyList<float[]> hidden, double[] outcomes, CohortRandom random)
    {
        var squares = new double[2 * rows.Count];
        for (var refit = 0; refit < Refits; refit++)
        {
            var weights = new double[rows.Count];
            for (var n = 0; n < rows.Count; n++)
                weights[random.Below(rows.Count)]++;
            var other = Fit(terms, rows, hidden, outcomes, weights);
            for (var n = 0; n < rows.Count; n++)
            {
                var truth = other.Score(rows[n]);
                squares[n] += Square(truth - model.Score(rows[n])) / Refits;
                squares[rows.Count + n] += Square(truth - model.Score(hidden[n])) / Refits;
            }
        }

        var distances = squares.Select(static square => Math.Sqrt(NinetyPercentSquare * square)).Select(static distance => (distance, distance)).ToList();
        return SpreadFit.Together(terms, [.. rows, .. hidden], distances, [.. distances.Select(static _ => 1.0)]);
    }

    private double[] OutOfFoldScores(IReadOnlyList<AdditiveTerm> terms, OwnCohort cohort, IReadOnlyList<float[]> hidden, double[] outcomes)
    {
        var folds = Folds.Deal(cohort.Rows.Count, FoldCount, seed);
        var scores = new double[cohort.Rows.Count];
        for (var fold = 0; fold < FoldCount; fold++)
        {
            var model = Fit(terms, cohort.Rows, hidden, outcomes, [.. folds.Select(each => each == fold ? 0.0 : 1.0)]);
            for (var n = 0; n < scores.Length; n++)
                if (folds[n] == fold)
                    scores[n] = model.Score(cohort.Rows[n]);
        }

        return scores;
    }

    private IReadOnlyList<ModelMetric> Metrics(OwnCohort cohort, double[] outcomes, double[] scores, double[] probabilities)
    {
        var (low, high) = ClassificationMetrics.AreaInterval(cohort.Outcomes, probabilities, seed);
        var slope = CalibrationFit.Of(outcomes, scores);
        var method = string.Create(CultureInfo.InvariantCulture, $"{FoldCount}-fold cross-validation");
        return
        [
            new("prevalence", Figures.Round(outcomes.Average()), null, null, "all", "the file"),
            new("AUC", Figures.Round(ClassificationMetrics.AreaUnderCurve(cohort.Outcomes, probabilities)), Figures.Round(low), Figures.Round(high), "all", method),
            new("Brier score", Figures.Round(ClassificationMetrics.Brier(cohort.Outcomes, probabilities)), null, null, "all", method),
            new("calibration slope", Figures.Round(slope.Slope), Figures.Round(slope.Slope - 1.96 * slope.StandardError), Figures.Round(slope.Slope + 1.96 * slope.StandardError), "all", method),
            new("observed / predicted", Figures.Round(outcomes.Sum() / probabilities.Sum()), null, null, "all", method),
        ];
    }

    private ModelCard Card(OwnCohort cohort, string source, IReadOnlyList<ModelMetric> metrics, IReadOnlyList<ReliabilityPoint> reliability)
    {
        var evidence = equation.Evidence;
        return new ModelCard
        {
            Drug = evidence.Drug,
            Endpoint = evidence.Endpoint,
            Kind = evidence.Kind,
            Version = version,
            Predicts = evidence.Predicts,
            ComparisonGroup = evidence.ComparisonGroup,
            Scale = "log-odds",
            Interval = new ModelInterval(
                EndpointModels.Level,
                $"Additive models of the squared deviation of {Refits} refits to resampled patients, everything known, from the score of what is known, as a normal spread.",
                RelativeToScore: false,
                []),
            TrainingRanges = Ranges(cohort),
            TrainedOn = TrainingBasis.RealCohort,
            TrainingData = new ModelTrainingData(source, "Not stated: to be filled in by whoever publishes the model.", cohort.Rows.Count, "All rows of the file."),
            Metrics = metrics,
            Reliability = reliability,
            IntendedUse = "To be filled in by whoever publishes the model.",
            Limits = ["Validated in the file's own patients only."],
        };
    }

    private static SortedDictionary<string, FeatureRange> Ranges(OwnCohort cohort)
    {
        var ranges = new SortedDictionary<string, FeatureRange>(StringComparer.Ordinal);
        foreach (var (column, feature) in cohort.Features.Index())
        {
            var values = cohort.Rows.Select(row => row[column]).Where(static value => !float.IsNaN(value)).Order().ToArray();
            if (feature.Unit is not ("flag" or "count" or "score" or "level" or "code") && values.Length > 0)
                ranges[feature.Name] = new FeatureRange(values[0], values[^1]);
        }

        return ranges;
    }

    private static double Square(double value) => value * value;
}

/// <summary>A model of real patients, ready to be published.</summary>
/// <param name="Risk">Log-odds of the endpoint.</param>
/// <param name="Spread">Squared distances of the interval's ends.</param>
/// <param name="Card">The card.</param>
internal sealed record OwnModel(AdditiveModel Risk, SpreadModels Spread, ModelCard Card);
