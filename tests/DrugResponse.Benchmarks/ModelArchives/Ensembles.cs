using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.Benchmarks.ModelArchives;

/// <summary>Made-up models of twenty features and rows to score, the same in every run (fixed seed).</summary>
internal static class Ensembles
{
    public const int Features = 20;
    public const int Rows = 1024;

    private const int Leaves = 20;
    private const int Bins = 16;

    private static readonly IReadOnlyList<InputDefinition> Inputs = [.. Enumerable.Range(0, Features).Select(i => new NumericInput($"f{i}"))];

    public static byte[] Archive(PredictorDefinition predictor)
    {
        using var stream = new MemoryStream();
        ModelArchiveWriter.Write(
            stream,
            new ModelDefinition { Kind = PredictionKind.Binary, Inputs = Inputs, Predictor = predictor, Calibration = PlattCalibration.LogOdds });
        return stream.ToArray();
    }

    public static float[][] RandomRows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Features).Select(_ => random.NextSingle()).ToArray())];
    }

    public static LinearDefinition Linear()
    {
        var random = new Random(2);
        return new LinearDefinition(-1, [.. Enumerable.Range(0, Features).Select(_ => random.NextSingle() - 0.5f)]);
    }

    public static GamDefinition Gam()
    {
        var random = new Random(3);
        return new GamDefinition(-1, [.. Enumerable.Range(0, Features).Select(_ => new ShapeFunctionDefinition(
            [.. Enumerable.Range(1, Bins - 1).Select(bin => bin / (double)Bins), double.PositiveInfinity],
            [.. Enumerable.Range(0, Bins).Select(_ => random.NextDouble() - 0.5)],
            0.1))]);
    }

    public static TreeEnsembleDefinition Trees(int count)
    {
        var random = new Random(4);
        return new TreeEnsembleDefinition([.. Enumerable.Range(0, count).Select(_ => Tree(random))]);
    }

    // Grown as boosting grows them: a random leaf is split again and again, so that depths differ.
    private static TreeDefinition Tree(Random random)
    {
        var splits = new List<SplitDefinition>();
        var open = new List<(int Parent, bool First)> { (-1, true) };
        while (splits.Count < Leaves - 1)
        {
            var chosen = random.Next(open.Count);
            var (parent, first) = open[chosen];
            open.RemoveAt(chosen);
            var index = splits.Count;
            if (parent >= 0)
                splits[parent] = first ? splits[parent] with { FirstChild = index } : splits[parent] with { SecondChild = index };
            splits.Add(new SplitDefinition(random.Next(Features), random.NextSingle(), 0, 0));
            open.Add((index, true));
            open.Add((index, false));
        }

        foreach (var (leaf, (parent, first)) in open.Index())
            splits[parent] = first ? splits[parent] with { FirstChild = ~leaf } : splits[parent] with { SecondChild = ~leaf };
        return new TreeDefinition(splits, [.. Enumerable.Range(0, Leaves).Select(_ => random.NextDouble() - 0.5)]);
    }
}
