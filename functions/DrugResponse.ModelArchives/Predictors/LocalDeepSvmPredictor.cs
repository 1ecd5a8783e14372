using System.Numerics;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A local deep support vector machine: a complete binary tree with a linear form at every node.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/LdSvm/LdSvmModelParameters.cs</c>. Body: i32 4; i32 leaves L, a power
/// of two; i32 features n; f32 sigma; 2L-1 times f32[n] w; 2L-1 times f32[n] u; L-1 times f32[n] t; f32[2L-1] bias of w; f32[L-1]
/// bias of t; f32[2L-1] bias of u. From node 0: add tanh(sigma * (u.x + bias)) * (w.x + bias), in Double; end behind a node
/// from L-1 on, else go to node 2v+1 if t.x + bias &gt; 0, otherwise to 2v+2.
/// </remarks>
internal sealed class LocalDeepSvmPredictor(
    ComponentIdentity identity, int featureCount, float sigma, LocalDeepSvmPredictor.Forms weights, LocalDeepSvmPredictor.Forms gates, LocalDeepSvmPredictor.Forms routes)
    : ScalarPredictor(identity)
{
    public static readonly ComponentFormat Format = new("LDSVMBinaryPredictor", "LDSVM BC", (1, 1), ComponentFormat.TrainersAssembly);

    public override int? FeatureCount => featureCount;

    public override bool FormMatters => true;

    public static Predictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var leaves = body.Int32("the number of leaves");
        var features = body.Int32("the number of features");
        var sigma = body.Single("sigma");
        if (leaves < 1 || !BitOperations.IsPow2(leaves) || leaves > body.Remaining || features < 0)
            throw body.MalformedAt(start, "a power of two of leaves and features from 0", $"{leaves} leaves, {features} features");

        body.Budget.Take(body.Entry, start, 600L * leaves);
        var nodes = (2 * leaves) - 1;
        var weights = ReadRows(body, nodes, features);
        var gates = ReadRows(body, nodes, features);
        var routes = ReadRows(body, leaves - 1, features);
        var weightBiases = body.Singles(nodes, "biases");
        var routeBiases = body.Singles(leaves - 1, "biases");
        var gateBiases = body.Singles(nodes, "biases");

        return new LocalDeepSvmPredictor(
            stream.Identity, features, sigma, new Forms(weights, weightBiases), new Forms(gates, gateBiases), new Forms(routes, routeBiases));
    }

    public override float Score(FeatureVector features)
    {
        var sum = 0.0;
        var node = 0;

        while (true)
        {
            sum += Math.Tanh(sigma * gates.At(node, features)) * weights.At(node, features);
            if (node >= routes.Count)
                return (float)sum;
            node = routes.At(node, features) > 0 ? (2 * node) + 1 : (2 * node) + 2;
        }
    }

    private static WeightVector[] ReadRows(EntryReader body, int count, int features)
    {
        var rows = new WeightVector[count];
        for (var row = 0; row < count; row++)
            rows[row] = WeightVector.Dense(body.Singles(features, "weights"));

        return rows;
    }

    /// <summary>A linear form per node.</summary>
    internal sealed record Forms(WeightVector[] Weights, float[] Biases)
    {
        public int Count => Biases.Length;

        public float At(int node, FeatureVector features) => Weights[node].Dot(features) + Biases[node];
    }
}
