using System.Numerics;
using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>Builds the tables of <see cref="MaskTrees{TMask}"/>, a group of trees at a time.</summary>
internal sealed class MaskTreeBuilder<TMask>
    where TMask : unmanaged, IBinaryInteger<TMask>
{
    public List<MaskTrees<TMask>.Group> Groups { get; } = [];

    public List<MaskTrees<TMask>.Table> Tables { get; } = [];

    /// <summary>The thresholds of every table, ascending, filled up to whole vectors with the highest key.</summary>
    public List<int> Thresholds { get; } = [];

    public List<TMask> Masks { get; } = [];

    public List<double> Leaves { get; } = [];

    /// <summary>For every tree the position of its first leaf.</summary>
    public List<int> LeafStarts { get; } = [];

    private static int Width => Vector512<TMask>.Count;

    /// <summary>Adds a group; places without a tree get one of a single leaf that is worth nothing.</summary>
    public void Add(ReadOnlySpan<RegressionTree> trees, ReadOnlySpan<(int Input, int Threshold)[]> splits)
    {
        var cleared = new List<Split>();

        for (var tree = 0; tree < Width; tree++)
        {
            LeafStarts.Add(Leaves.Count);
            if (tree < trees.Length)
                AddLeaves(trees[tree], splits[tree], tree, cleared);
            else
                Leaves.Add(0);
        }

        var ordered = cleared.ToArray();
        Array.Sort(ordered, (left, right) => (left.Input, left.Threshold).CompareTo((right.Input, right.Threshold)));

        var firstTable = Tables.Count;
        for (var first = 0; first < ordered.Length;)
        {
            var end = first + 1;
            while (end < ordered.Length && ordered[end].Input == ordered[first].Input)
                end++;
            AddTable(ordered.AsSpan(first..end));
            first = end;
        }

        Groups.Add(new MaskTrees<TMask>.Group(firstTable, Tables.Count - firstTable));
    }

    /// <summary>Numbers the leaves from first to second child, and notes for each split the leaves it clears when it sends a row to the second.</summary>
    private void AddLeaves(RegressionTree tree, (int Input, int Threshold)[] splits, int position, List<Split> cleared)
    {
        var start = Leaves.Count;
        var firstLeaf = new int[tree.NodeCount];
        var open = new Stack<(int Node, bool IsFirstDone)>([(0, false)]);

        while (open.TryPop(out var item))
        {
            if (item.Node < 0)
            {
                Leaves.Add(tree.Leaves[~item.Node]);
            }
            else if (!item.IsFirstDone)
            {
                firstLeaf[item.Node] = Leaves.Count - start;
                open.Push((item.Node, true));
                open.Push((tree.FirstChildren[item.Node], false));
            }
            else
            {
                var mask = Below(Leaves.Count - start) & ~Below(firstLeaf[item.Node]);
                cleared.Add(new Split(splits[item.Node].Input, splits[item.Node].Threshold, position, ~mask));
                open.Push((tree.SecondChildren[item.Node], false));
            }
        }
    }

    /// <summary>A mask of so many lowest bits.</summary>
    private static TMask Below(int bits) => (TMask.One << bits) - TMask.One;

    /// <summary>Adds the thresholds of one input and a row of masks for every number of them.</summary>
    private void AddTable(ReadOnlySpan<Split> splits)
    {
        var firstThreshold = Thresholds.Count;
        var firstRow = Masks.Count / Width;
        var current = new TMask[Width];
        Array.Fill(current, ~TMask.Zero);
        Masks.AddRange(current);

        for (var index = 0; index < splits.Length; index++)
        {
            current[splits[index].Tree] &= splits[index].Mask;
            if (index + 1 < splits.Length && splits[index + 1].Threshold == splits[index].Threshold)
                continue;
            Thresholds.Add(splits[index].Threshold);
            Masks.AddRange(current);
        }

        var count = Thresholds.Count - firstThreshold;
        while (Thresholds.Count % Vector512<int>.Count != 0)
            Thresholds.Add(OrderedKey.Highest);

        Tables.Add(new MaskTrees<TMask>.Table(splits[0].Input, firstThreshold, count, (Thresholds.Count - firstThreshold) / Vector512<int>.Count, firstRow));
    }

    /// <summary>A split: when the value is above the threshold, only the leaves of the mask can be reached in this tree.</summary>
    private readonly record struct Split(int Input, int Threshold, int Tree, TMask Mask);
}
