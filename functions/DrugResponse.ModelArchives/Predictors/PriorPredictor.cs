using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>The same answer for every row: probability p, score 2p - 1.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/Simple/SimpleTrainers.cs</c>. Body: i32 4; f32 p.</remarks>
internal sealed class PriorPredictor(ComponentIdentity identity, float probability) : AdditivePredictor(identity)
{
    public static readonly ComponentFormat Format = new("PriorPredictor", "PRIORPRD", (1, 1), ComponentFormat.TrainersAssembly);

    public override int? FeatureCount => null;

    public override bool ToleratesMissing => true;

    public override double Intercept => (2 * probability) - 1;

    public static Predictor Read(ModelStream stream)
    {
        stream.Body.FloatSize();
        var probability = stream.Body.Single("the probability");
        if (!float.IsFinite(probability))
            throw stream.Body.MalformedAt(ModelHeader.Size + 4, "a finite probability", "another number");

        return new CalibratedPredictor(stream.Identity, new PriorPredictor(stream.Identity, probability), new ConstantCalibrator(probability));
    }

    public override float Score(FeatureVector features) => (2 * probability) - 1;

    public override double Term(int feature, float value) => 0;

    public override void MarkUsed(Span<bool> used)
    {
    }

    private sealed class ConstantCalibrator(float probability) : Calibrator
    {
        public override float Calibrate(float score) => probability;
    }
}
