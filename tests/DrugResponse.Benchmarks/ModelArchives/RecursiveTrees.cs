using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.Benchmarks.ModelArchives;

/// <summary>The plain way to score trees: node objects, walked by recursion. The baseline of the tree benchmarks.</summary>
internal sealed class RecursiveTrees(TreeEnsembleDefinition ensemble)
{
    private readonly Node[] _roots = [.. ensemble.Trees.Select(tree => Build(tree, 0))];

    public double Score(float[] row)
    {
        var sum = 0.0;
        foreach (var root in _roots)
            sum += Walk(root, row);
        return sum;
    }

    /// <summary>How many splits a row passes in all trees.</summary>
    public double CountSteps(float[] row) => _roots.Sum(root => Depth(root, row));

    private static int Depth(Node node, float[] row) =>
        node.First is null ? 0 : 1 + Depth(row[node.Feature] <= node.Threshold ? node.First : node.Second!, row);

    private static double Walk(Node node, float[] row) =>
        node.First is null ? node.Value : Walk(row[node.Feature] <= node.Threshold ? node.First : node.Second!, row);

    private static Node Build(TreeDefinition tree, int child) => child < 0
        ? new Node { Value = tree.Leaves[~child] }
        : new Node
        {
            Feature = tree.Splits[child].Feature,
            Threshold = tree.Splits[child].Threshold,
            First = Build(tree, tree.Splits[child].FirstChild),
            Second = Build(tree, tree.Splits[child].SecondChild),
        };

    private sealed class Node
    {
        public int Feature { get; init; }

        public float Threshold { get; init; }

        public Node? First { get; init; }

        public Node? Second { get; init; }

        public double Value { get; init; }
    }
}
