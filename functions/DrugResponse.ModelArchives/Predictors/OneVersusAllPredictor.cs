using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A binary predictor per class.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/MulticlassClassification/OneVersusAllTrainer.cs</c>. Body:
/// i32 4; u8 formula; i32 k; sub-models <c>SubPredictor_iii</c>. Formula 0: raw scores. 1: probabilities, negative ones as 0,
/// divided by their sum in Double (NaN left out) if it is above 0. 2: exponentials of the raw scores in Double, divided by their sum.
/// </remarks>
internal sealed class OneVersusAllPredictor(ComponentIdentity identity, OneVersusAllPredictor.Formula formula, ProbabilityPredictor[] classes) : VectorPredictor(identity)
{
    public static readonly ComponentFormat Format = new("OVAExec", "TLC OVA ", (1, 1), ComponentFormat.TrainersAssembly);

    internal enum Formula
    {
        Raw,
        Probability,
        Softmax,
    }

    public override int ClassCount => classes.Length;

    public override int? FeatureCount { get; } = ProbabilityPredictor.CommonFeatureCount(identity, classes);

    public override int MinimumFeatureCount { get; } = classes.Max(item => item.Predictor.MinimumFeatureCount);

    public override bool FormMatters => classes.Any(item => item.Predictor.FormMatters);

    public override bool ToleratesMissing => classes.All(item => item.Predictor.ToleratesMissing);

    public static Predictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var formula = body.Byte("the output formula");
        var count = body.Int32("the number of classes");

        if (formula > (byte)Formula.Softmax || count < 1)
            throw body.MalformedAt(start, "a formula from 0 to 2 and at least one class", $"formula {formula}, {count} classes");

        var classes = new List<ProbabilityPredictor>();
        for (var index = 0; index < count; index++)
            classes.Add(ProbabilityPredictor.Read(stream.Directory.Sub("SubPredictor", index), formula == (byte)Formula.Probability));

        return new OneVersusAllPredictor(stream.Identity, (Formula)formula, [.. classes]);
    }

    public override void Score(FeatureVector features, Span<float> scores)
    {
        for (var index = 0; index < classes.Length; index++)
            scores[index] = formula == Formula.Probability ? classes[index].Probability(features) : classes[index].Predictor.Score(features);

        if (formula == Formula.Probability)
            Normalize(scores);
        else if (formula == Formula.Softmax)
            Softmax(scores);
    }

    public override void MarkUsed(Span<bool> used)
    {
        foreach (var item in classes)
            item.Predictor.MarkUsed(used);
    }

    private static void Normalize(Span<float> scores)
    {
        var sum = 0.0;
        foreach (ref var score in scores)
        {
            if (score >= 0)
                sum += score;
            else if (!float.IsNaN(score))
                score = 0;
        }

        if (sum > 0)
        {
            foreach (ref var score in scores)
                score = (float)(score / sum);
        }
    }

    private static void Softmax(Span<float> scores)
    {
        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score);

        foreach (ref var score in scores)
            score = (float)(Math.Exp(score) / sum);
    }
}
