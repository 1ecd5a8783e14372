using System.Numerics;
using System.Runtime.Intrinsics;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>Builds the tables of <see cref="MaskTrees{TMask}"/>, a group of trees at a time.</summary>
internal sealed class MaskTreeBuilder<TMask>(int[][] thresholds, int mostEntries)
    where TMask : unmanaged, IBinaryInteger<TMask>, IMinMaxValue<TMask>
{
    public List<MaskTrees<TMask>.Group> Groups { get; } = [];

    /// <summary>For every group, input and rank the row of masks, counted from the group's first.</summary>
    public List<ushort> Rows { get; } = [];

    public List<TMask> Masks { get; } = [];

    public List<double> Leaves { get; } = [];

    /// <summary>For every tree the position of its first leaf.</summary>
    public List<int> LeafStarts { get; } = [];

    private static int Width => Vector512<TMask>.Count;

    /// <summary>Adds a group; false if the tables become too large.</summary>
    public bool TryAdd(ReadOnlySpan<RegressionTree> trees, ReadOnlySpan<(int Input, int Threshold)[]> splits)
    {
        var cleared = new List<(int Input, int Threshold, int Tree, TMask Mask)>();
        var firstMask = Masks.Count;
        var firstTree = LeafStarts.Count;

        for (var tree = 0; tree < Width; tree++)
        {
            LeafStarts.Add(Leaves.Count);
            if (tree < trees.Length)
                AddLeaves(trees[tree], splits[tree], tree, cleared);
            else
                Leaves.Add(0);
        }

        var byInput = cleared.GroupBy(split => split.Input).OrderBy(group => group.Key).ToArray();
        if (Rows.Count + byInput.Sum(group => thresholds[group.Key].Length + 1L) > mostEntries || Masks.Count > mostEntries)
            return false;

        Groups.Add(new MaskTrees<TMask>.Group(firstTree, firstMask, [.. byInput.Select(group => (group.Key, AddTable(group.Key, [.. group], firstMask)))]));

        return true;
    }

    /// <summary>Numbers the leaves from first to second child, and notes for each split the leaves that it clears when it sends a row to the second.</summary>
    private void AddLeaves(RegressionTree tree, (int Input, int Threshold)[] splits, int position, List<(int, int, int, TMask)> cleared)
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
                cleared.Add((splits[item.Node].Input, splits[item.Node].Threshold, position, ~mask));
                open.Push((tree.SecondChildren[item.Node], false));
            }
        }
    }

    /// <summary>A mask of so many lowest bits.</summary>
    private static TMask Below(int bits) => (TMask.One << bits) - TMask.One;

    /// <summary>Adds the rows of an input, one for each threshold that a tree of the group has, and the table from rank to row.</summary>
    private int AddTable(int input, (int Input, int Threshold, int Tree, TMask Mask)[] splits, int firstMask)
    {
        var table = Rows.Count;
        var current = new TMask[Width];
        Array.Fill(current, ~TMask.Zero);
        Masks.AddRange(current);
        Rows.Add(LastRow(firstMask));

        var next = 0;
        Array.Sort(splits, (left, right) => left.Threshold.CompareTo(right.Threshold));

        foreach (var threshold in thresholds[input])
        {
            var isNew = next < splits.Length && splits[next].Threshold == threshold;
            for (; next < splits.Length && splits[next].Threshold == threshold; next++)
                current[splits[next].Tree] &= splits[next].Mask;
            if (isNew)
                Masks.AddRange(current);
            Rows.Add(LastRow(firstMask));
        }

        return table;
    }

    private ushort LastRow(int firstMask) => (ushort)(((Masks.Count - firstMask) / Width) - 1);
}
