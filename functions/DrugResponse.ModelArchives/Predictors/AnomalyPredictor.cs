using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>How far a row lies from the plane of the principal components, relative to its length.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.PCA/PcaTrainer.cs</c>. Body: i32 4; i32 features n; i32 rank; bool centered; if centered
/// f32[n] mean; rank times f32[n] eigenvector. With a = |x|^2 - 2 * mean.x + |mean|^2, at least 0, and u = the sum of
/// (e.x - e.mean)^2: score = sqrt((a - u)/a), NaN if a is 0.
/// </remarks>
internal sealed class AnomalyPredictor(ComponentIdentity identity, int featureCount, float[]? mean, WeightVector[] components) : ScalarPredictor(identity)
{
    public static readonly ComponentFormat Format = new("pcaAnomExec", "PCA ANOM", (1, 1), "Microsoft.ML.PCA");

    private readonly WeightVector? _mean = mean is null ? null : WeightVector.Dense(mean);
    private readonly float _meanSquare = mean is null ? 0 : DotProduct.Dense(mean, mean);
    private readonly float[] _projectedMean = Array.ConvertAll(components, component => mean is null ? 0 : DotProduct.Dense(component.Weights, mean));

    public override int? FeatureCount => featureCount;

    public override bool FormMatters => true;

    public static Predictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var features = body.Int32("the number of features");
        var rank = body.Int32("the rank");
        var isCentered = body.Boolean("the centering");
        if (features < 1 || rank < 1 || rank > body.Remaining)
            throw body.MalformedAt(start, "at least one feature and component", $"{features} and {rank}");

        body.Budget.Take(body.Entry, start, 100L * rank);
        var mean = isCentered ? body.Singles(features, "the mean") : null;
        var components = new WeightVector[rank];
        for (var index = 0; index < rank; index++)
            components[index] = WeightVector.Dense(body.Singles(features, "an eigenvector"));

        return new AnomalyPredictor(stream.Identity, features, mean, components);
    }

    public override float Score(FeatureVector features)
    {
        var values = features.Values;
        var square = features.IsDense ? DotProduct.Dense(values, values) : DotProduct.Sparse(values, values, features.ExplicitSlots);
        var distance = _mean is null ? square : square - (2 * _mean.Dot(features)) + _meanSquare;

        // Rounding can make it negative.
        distance = distance < 0 ? 0 : distance;
        var explained = 0f;
        for (var index = 0; index < components.Length; index++)
        {
            var part = components[index].Dot(features) - _projectedMean[index];
            explained += part * part;
        }

        return distance == 0 ? float.NaN : MathF.Sqrt((distance - explained) / distance);
    }
}
