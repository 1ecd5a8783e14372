using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>score = bias + sum of weight * feature, in Single; for Poisson regression the exponential of that.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/LinearModelParameters.cs</c>. Body: i32 4; f32 bias; i32
/// features n; i32[] indices; f32[] weights. Dense: no indices and n weights; sparse: as many indices, ascending, as weights;
/// neither: all weights zero. Ordinary least squares (<c>OLS RGRS</c>) adds f64 R2, f64 adjusted R2, bool statistics and, if
/// set, three f64[n + 1].
/// </remarks>
internal sealed class LinearPredictor(ComponentIdentity identity, float bias, WeightVector weights, bool isExponential) : AdditivePredictor(identity)
{
    public static readonly ComponentFormat BinaryFormat = new("Linear2CExec", "LINEAR2C", (2, 2), (2, 1), (2, 1), ComponentFormat.TrainersAssembly);
    public static readonly ComponentFormat RegressionFormat = new("LinearRegressionExec", "LIN RGRS", (2, 1), ComponentFormat.TrainersAssembly);
    public static readonly ComponentFormat PoissonFormat = new("PoissonRegressionExec", "POI RGRS", (2, 1), ComponentFormat.TrainersAssembly);
    public static readonly ComponentFormat LeastSquaresFormat = new("OlsLinearRegressionExec", "OLS RGRS", (1, 1), "Microsoft.ML.Mkl.Components");

    public WeightVector Weights => weights;

    public override int? FeatureCount => weights.Length;

    public override bool FormMatters => true;

    public override bool ScoresBlocks(bool hasBuiltForm) => true;

    public override double Intercept => bias;

    public static Predictor ReadBinary(ModelStream stream) => CalibratedPredictor.WithCalibratorBeside(stream, Read(stream, isExponential: false));

    public static Predictor ReadRegression(ModelStream stream) => Read(stream, isExponential: false);

    public static Predictor ReadPoisson(ModelStream stream) => Read(stream, isExponential: true);

    public static Predictor ReadLeastSquares(ModelStream stream)
    {
        var body = stream.Body;
        var predictor = Read(stream, isExponential: false);
        body.Double("R2");
        body.Double("the adjusted R2");

        if (body.Boolean("the statistics flag"))
        {
            for (var column = 0; column < 3; column++)
                body.Doubles(predictor.Weights.Length + 1, "statistics");
        }

        return predictor;
    }

    public override float Score(FeatureVector features)
    {
        var sum = weights.Dot(features) + bias;

        return isExponential ? (float)Math.Exp(sum) : sum;
    }

    public override void ScoreBlock(ReadOnlySpan<float> features, bool hasBuiltForm, Span<float> scores)
    {
        (weights.BlockDot(features, hasBuiltForm) + Vector512.Create(bias)).CopyTo(scores);
        if (!isExponential)
            return;

        foreach (ref var score in scores)
            score = (float)Math.Exp(score);
    }

    public override double Term(int feature, float value) => weights.Lists(feature) ? (double)weights[feature] * value : 0;

    public override void MarkUsed(Span<bool> used) => weights.MarkUsed(used);

    private static LinearPredictor Read(ModelStream stream, bool isExponential)
    {
        var body = stream.Body;
        body.FloatSize();
        var bias = body.Single("the bias");
        var start = body.Position;
        var features = body.Int32("the number of features");
        var indices = body.CountedInt32s("indices");
        var weights = body.CountedSingles("weights");

        if (features < 0)
            throw body.MalformedAt(start, "a number of features from 0", EntryReader.Text(features));
        if (indices.Length == 0 ? weights.Length != 0 && weights.Length != features : indices.Length != weights.Length)
            throw body.MalformedAt(start, $"{features} weights, or as many indices as weights", $"{indices.Length} indices and {weights.Length} weights");
        if (!float.IsFinite(bias) || !Array.TrueForAll(weights, float.IsFinite))
            throw body.MalformedAt(start, "a finite bias and finite weights", "NaN or an infinity");
        WeightVector.RequireSlots(body, start, indices, features);

        var vector = indices.Length == 0 && weights.Length == features ? WeightVector.Dense(weights) : WeightVector.Sparse(features, indices, weights);

        return new LinearPredictor(stream.Identity, bias, vector, isExponential);
    }
}
