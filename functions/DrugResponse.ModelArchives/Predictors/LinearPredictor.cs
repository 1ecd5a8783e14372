using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>score = bias + sum of weight * feature, in Single.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/LinearModelParameters.cs</c>. Body: i32 4; f32 bias; i32
/// features n; i32[] indices; f32[] weights. Dense: no indices and n weights; sparse: as many indices, ascending, as weights;
/// neither: all weights zero. With sparse weights the other features are not looked at, so that NaN in them does no harm.
/// </remarks>
internal sealed class LinearPredictor(ComponentIdentity identity, float bias, int featureCount, int[] indices, float[] weights) : AdditivePredictor(identity)
{
    public static readonly ComponentFormat BinaryFormat = new("Linear2CExec", "LINEAR2C", (2, 2), (2, 1), (2, 1), ComponentFormat.TrainersAssembly);
    public static readonly ComponentFormat RegressionFormat = new("LinearRegressionExec", "LIN RGRS", (2, 1), ComponentFormat.TrainersAssembly);

    private readonly float[] _weights = weights.Length == featureCount ? weights : Expand(indices, weights, featureCount);
    private readonly bool _isSparse = weights.Length != featureCount;

    public float Bias => bias;

    public ReadOnlySpan<float> Weights => _weights;

    public override int? FeatureCount => featureCount;

    public override bool FormMatters => true;

    public override double Intercept => bias;

    public static Predictor ReadBinary(ModelStream stream) => CalibratedPredictor.WithCalibratorBeside(stream, Read(stream));

    public static Predictor ReadRegression(ModelStream stream) => Read(stream);

    public static LinearPredictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var bias = body.Single("the bias");
        var features = body.Int32("the number of features");
        var indices = body.CountedInt32s("indices");
        var weights = body.CountedSingles("weights");

        if (features < 0)
            throw body.MalformedAt(ModelHeader.Size + 8, "a number of features from 0", EntryReader.Text(features));
        if (indices.Length == 0 ? weights.Length != 0 && weights.Length != features : indices.Length != weights.Length)
            throw body.MalformedAt(ModelHeader.Size + 12, $"{features} weights, or as many indices as weights", $"{indices.Length} indices and {weights.Length} weights");
        if (!float.IsFinite(bias) || !Array.TrueForAll(weights, float.IsFinite))
            throw body.MalformedAt(ModelHeader.Size + 4, "a finite bias and finite weights", "NaN or an infinity");
        RequireAscending(body, indices, features);
        if (weights.Length != features)
            body.Budget.Take(body.Entry, ModelHeader.Size + 8, 4L * features);

        return new LinearPredictor(stream.Identity, bias, features, indices, weights);
    }

    public override float Score(FeatureVector features)
    {
        var values = features.Values;

        if (!features.IsDense)
            return SparseSum(values, features.ExplicitSlots) + bias;

        return (_isSparse ? DotProduct.Sparse(_weights, values, indices) : DotProduct.Dense(_weights, values)) + bias;
    }

    public override double Term(int feature, float value) =>
        _isSparse && Array.BinarySearch(indices, feature) < 0 ? 0 : (double)_weights[feature] * value;

    public override void MarkUsed(Span<bool> used)
    {
        if (!_isSparse)
        {
            used.Fill(true);
            return;
        }

        foreach (var index in indices)
            used[index] = true;
    }

    private static float[] Expand(int[] indices, float[] weights, int featureCount)
    {
        var expanded = new float[featureCount];
        for (var index = 0; index < indices.Length; index++)
            expanded[indices[index]] = weights[index];

        return expanded;
    }

    private static void RequireAscending(EntryReader body, int[] indices, int features)
    {
        var previous = -1;

        foreach (var index in indices)
        {
            if (index <= previous || index >= features)
                throw body.MalformedAt(ModelHeader.Size + 12, $"ascending indices below {features}", EntryReader.Text(index));
            previous = index;
        }
    }

    private float SparseSum(ReadOnlySpan<float> values, ReadOnlySpan<int> slots)
    {
        if (!_isSparse)
            return DotProduct.Sparse(_weights, values, slots);

        var sum = 0f;
        var next = 0;

        foreach (var slot in slots)
        {
            while (next < indices.Length && indices[next] < slot)
                next++;
            if (next < indices.Length && indices[next] == slot)
                sum += _weights[slot] * values[slot];
        }

        return sum;
    }
}
