using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A linear form per class: raw sums, or probabilities by maximum entropy (softmax).</summary>
/// <remarks>
/// <para>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/LogisticRegression/MulticlassLogisticRegression.cs</c>. Body:
/// i32 4; i32 features n; i32 classes k; f32[k] biases; i32 row starts: 0 (dense: i32 0; i32 n*k; f32[n*k] weights, class by
/// class) or k + 1 (i32[k+1] row starts; i32 m; i32[m] columns; i32 m; f32[m] values).
/// </para>
/// <para>
/// Softmax: m = largest sum (first one), t = sum in Double, over the other classes with a sum above m - 30, of exp(sum - m),
/// l = t &gt; 0 ? (Single)(m + ln(1 + t)) : m, score = (Single)exp((Single)(sum - l)).
/// </para>
/// </remarks>
internal sealed class MulticlassLinearPredictor(ComponentIdentity identity, float[] biases, WeightVector[] weights, int featureCount, bool isSoftmax)
    : VectorPredictor(identity)
{
    public static readonly ComponentFormat MaximumEntropyFormat = new("MultiClassLRExec", "MULTI LR", (1, 3), (1, 1), (1, 1), ComponentFormat.TrainersAssembly);
    public static readonly ComponentFormat LinearFormat = new("MulticlassLinear", "MCLINEAR", (1, 1), ComponentFormat.TrainersAssembly);

    /// <summary>Classes this far below the best add nothing that Single can show.</summary>
    private const float NegligibleDistance = 30;

    public override int ClassCount => biases.Length;

    public override int? FeatureCount => featureCount;

    public override bool FormMatters => true;

    public static Predictor ReadMaximumEntropy(ModelStream stream) => Read(stream, isSoftmax: true);

    public static Predictor ReadLinear(ModelStream stream) => Read(stream, isSoftmax: false);

    public override void Score(FeatureVector features, Span<float> scores)
    {
        for (var index = 0; index < weights.Length; index++)
            scores[index] = biases[index] + weights[index].Dot(features);

        if (isSoftmax)
            Softmax(scores);
    }

    public override void MarkUsed(Span<bool> used)
    {
        foreach (var vector in weights)
            vector.MarkUsed(used);
    }

    private static void Softmax(Span<float> scores)
    {
        var best = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            if (scores[index] > scores[best])
                best = index;
        }

        var highest = scores[best];
        var sum = 0.0;
        for (var index = 0; index < scores.Length; index++)
        {
            if (index != best && scores[index] > highest - NegligibleDistance)
                sum += Math.Exp(scores[index] - highest);
        }

        var logarithm = sum > 0 ? (float)(highest + Math.Log(1 + sum)) : highest;
        for (var index = 0; index < scores.Length; index++)
            scores[index] = (float)Math.Exp(scores[index] - logarithm);
    }

    private static MulticlassLinearPredictor Read(ModelStream stream, bool isSoftmax)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var features = body.Int32("the number of features");
        var classes = body.Count(4, "classes", footprint: 150);
        var biases = body.Singles(classes, "biases");
        var starts = body.CountedInt32s("row starts");

        if (features < 0 || classes == 0 || (starts.Length != 0 && starts.Length != classes + 1))
            throw body.MalformedAt(start, "features from 0, at least one class, and no row starts or one more than classes", $"{features}, {classes} and {starts.Length}");

        var columns = body.CountedInt32s("columns");
        var values = body.CountedSingles("weights");
        var weights = starts.Length == 0 ? DenseRows(body, start, columns, values, features, classes) : SparseRows(body, start, starts, columns, values, features);

        if (!Array.TrueForAll(biases, float.IsFinite) || !Array.TrueForAll(values, float.IsFinite))
            throw body.MalformedAt(start, "finite biases and weights", "NaN or an infinity");

        return new MulticlassLinearPredictor(stream.Identity, biases, weights, features, isSoftmax);
    }

    private static WeightVector[] DenseRows(EntryReader body, int start, int[] columns, float[] values, int features, int classes)
    {
        if (columns.Length != 0 || values.Length != (long)features * classes)
            throw body.MalformedAt(start, $"no columns and {(long)features * classes} weights", $"{columns.Length} and {values.Length}");

        return [.. Enumerable.Range(0, classes).Select(index => WeightVector.Dense(values[(index * features)..((index + 1) * features)]))];
    }

    private static WeightVector[] SparseRows(EntryReader body, int start, int[] starts, int[] columns, float[] values, int features)
    {
        if (starts[0] != 0 || starts[^1] != columns.Length || columns.Length != values.Length)
            throw body.MalformedAt(start, $"row starts from 0 to {columns.Length}, and as many weights", $"{starts[0]} to {starts[^1]}, {values.Length} weights");

        var rows = new WeightVector[starts.Length - 1];
        for (var index = 0; index < rows.Length; index++)
        {
            if (starts[index + 1] < starts[index] || starts[index + 1] > columns.Length)
                throw body.MalformedAt(start, "ascending row starts", EntryReader.Text(starts[index + 1]));

            var slots = columns[starts[index]..starts[index + 1]];
            WeightVector.RequireSlots(body, start, slots, features);
            rows[index] = WeightVector.Sparse(features, slots, values[starts[index]..starts[index + 1]]);
        }

        return rows;
    }
}
