using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>Squared distances to cluster centres: max(0, -2 * (c.x) + |c|^2 + |x|^2), in Single.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.KMeansClustering/KMeansModelParameters.cs</c>. Body: i32 4; i32 k; i32 features n; per
/// cluster from version 1.2 i32 count m (before, m = n), i32[m] indices if m is below n, f32[m] values.
/// </remarks>
internal sealed class KMeansPredictor(ComponentIdentity identity, int featureCount, WeightVector[] centers) : VectorPredictor(identity)
{
    public static readonly ComponentFormat Format = new("KMeansPredictor", "KMEANS  ", (1, 2), (1, 2), (1, 1), "Microsoft.ML.KMeansClustering");

    private readonly float[] _squares = Array.ConvertAll(centers, center => DotProduct.Dense(center.Weights, center.Weights));

    public override int ClassCount => centers.Length;

    public override int? FeatureCount => featureCount;

    public override bool FormMatters => true;

    public static Predictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var clusters = body.Int32("the number of clusters");
        var features = body.Int32("the number of features");
        if (clusters < 1 || features < 1 || clusters > body.Remaining)
            throw body.MalformedAt(start, "at least one cluster and feature", $"{clusters} and {features}");

        body.Budget.Take(body.Entry, start, 150L * clusters);
        var centers = new WeightVector[clusters];
        for (var index = 0; index < clusters; index++)
            centers[index] = ReadCenter(body, features, hasCount: stream.Version.IsAtLeast(1, 2));

        return new KMeansPredictor(stream.Identity, features, centers);
    }

    public override void Score(FeatureVector features, Span<float> scores)
    {
        var values = features.Values;
        var square = features.IsDense ? DotProduct.Dense(values, values) : DotProduct.Sparse(values, values, features.ExplicitSlots);

        for (var index = 0; index < centers.Length; index++)
            scores[index] = Math.Max(0, (-2 * centers[index].Dot(features)) + _squares[index] + square);
    }

    private static WeightVector ReadCenter(EntryReader body, int features, bool hasCount)
    {
        var start = body.Position;
        var count = hasCount ? body.Int32("the number of values of a centre") : features;
        if (count < 0 || count > features)
            throw body.MalformedAt(start, $"at most {features} values of a centre", EntryReader.Text(count));
        if (count == features)
            return WeightVector.Dense(body.Singles(features, "a centre"));

        var slots = body.Int32s(count, "the indices of a centre");
        WeightVector.RequireSlots(body, start, slots, features);

        return WeightVector.Sparse(features, slots, body.Singles(count, "a centre"));
    }
}
