using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors.Ranks;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>An ensemble of trees: the score is the sum of one leaf value per tree, in Double and in tree order.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.FastTree/FastTree.cs</c>. Body: i32 4; i32 trees, each as <see cref="RegressionTree"/>; f64 bias
/// (not used); str? input initialization, str? arguments (not used); in versions that have it i32 features, 0 = unknown;
/// fast forest regression also bool 1, i32 samples.
/// </remarks>
internal sealed class TreePredictor : ScalarPredictor
{
    private const int SmallestTree = 60;

    private readonly int? _featureCount;
    private readonly CompiledTrees? _compiled;

    private TreePredictor(ComponentIdentity identity, RegressionTree[] trees, int featureCount, TreeSum sum)
        : base(identity)
    {
        Trees = trees;
        Sum = sum;
        _compiled = CompiledTrees.TryCompile(trees);
        _featureCount = featureCount;
        MinimumFeatureCount = featureCount != 0 ? featureCount : 1 + trees.SelectMany(tree => tree.SplitFeatures).DefaultIfEmpty(-1).Max();
    }

    public IReadOnlyList<RegressionTree> Trees { get; }

    public TreeSum Sum { get; }

    public override int? FeatureCount => _featureCount;

    public override int MinimumFeatureCount { get; }

    public override bool ToleratesMissing => true;

    public static Predictor Read(ModelStream stream, TreeFormat format)
    {
        var body = stream.Body;
        body.FloatSize();
        var trees = new RegressionTree[body.Count(SmallestTree, "trees", footprint: 400)];
        for (var index = 0; index < trees.Length; index++)
            trees[index] = RegressionTree.Read(body, stream.Version, format);

        body.Double("the bias");
        body.StringOrNull("the input initialization");
        body.StringOrNull("the training arguments");

        var start = body.Position;
        var features = stream.Version >= format.FeatureCount ? body.Int32("the number of features") : 0;
        RequireFeatures(body, start, trees, features);

        if (format.HasQuantileSamples)
        {
            if (!body.Boolean("the quantile flag"))
                throw body.Malformed("the quantile flag as 1", "0");
            body.Int32("the number of quantile samples");
        }

        var predictor = new TreePredictor(stream.Identity, trees, features, format.Sum);

        return format.Sum == TreeSum.Plain ? CalibratedPredictor.WithCalibratorBeside(stream, predictor) : predictor;
    }

    public override float Score(FeatureVector features) => Finish(_compiled is null ? Walk(features.Values) : _compiled.Sum(features.Values));

    public override bool ScoresBlocks(bool hasBuiltForm) => _compiled is not null;

    public override void ScoreBlock(ReadOnlySpan<float> features, bool hasBuiltForm, Span<float> scores)
    {
        Span<double> sums = stackalloc double[RowBlock.Rows];
        _compiled!.BlockSum(features, sums);
        for (var row = 0; row < RowBlock.Rows; row++)
            scores[row] = Finish(sums[row]);
    }

    public override void MarkUsed(Span<bool> used)
    {
        foreach (var feature in Trees.Where(tree => !tree.IsDummy).SelectMany(tree => tree.SplitFeatures))
            used[feature] = true;
    }

    private double Walk(ReadOnlySpan<float> features)
    {
        var sum = 0.0;
        foreach (var tree in Trees)
            sum += tree.Leaf(features);

        return sum;
    }

    private float Finish(double sum) => Sum switch
    {
        TreeSum.Average => (float)sum / Trees.Count,
        TreeSum.Exponential => (float)Math.Exp((float)sum),
        _ => (float)sum,
    };

    private static void RequireFeatures(EntryReader body, int start, RegressionTree[] trees, int features)
    {
        if (features < 0)
            throw body.MalformedAt(start, "a number of features from 0", EntryReader.Text(features));

        foreach (var feature in trees.SelectMany(tree => tree.SplitFeatures))
        {
            if (feature < 0 || (features > 0 && feature >= features))
                throw body.MalformedAt(start, $"split features from 0 to {(features > 0 ? features - 1 : int.MaxValue)}", EntryReader.Text(feature));
        }
    }
}
