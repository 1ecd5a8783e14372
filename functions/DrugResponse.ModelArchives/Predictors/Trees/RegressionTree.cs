using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>A binary tree of splits with a number at each leaf, checked to be one. Immutable.</summary>
/// <remarks>
/// <para>
/// Children: a number from 0 is a node, a negative number c is leaf ~c. A numeric node sends a value to its first child if it is at
/// most the threshold, else, NaN included, to the second. A categorical node sends a row to the second child if any of its
/// features is above 0. Where a tree has defaults, one of them not zero, NaN counts as the default of the node.
/// </para>
/// <para>
/// Source of the layout: ML.NET <c>src/Microsoft.ML.FastTree/TreeEnsemble/InternalRegressionTree.cs</c>. u8 kind (0, or 2
/// for the quantile trees of forests); i32 leaves L, N = L - 1 nodes; f64 maximum output, f64 weight (neither is used);
/// i32[] first child, i32[] second child, i32[] feature, counted, count M at least N; in versions with categorical splits
/// i32[] categorical nodes and for each i32[] features, i32 first, i32 last; u32[] binned thresholds; f32[N] thresholds; in
/// versions with defaults f32[] defaults; f64[] leaf values (M + 1); f64[] gains, p-values, previous leaf values; kind 2 only:
/// f64[] label samples and from version 1.2 f64[] their weights.
/// </para>
/// </remarks>
internal sealed class RegressionTree
{
    private const byte PlainKind = 0;
    private const byte QuantileKind = 2;

    private RegressionTree()
    {
    }

    public int NodeCount => Features.Length;

    public required int[] FirstChildren { get; init; }

    public required int[] SecondChildren { get; init; }

    public required int[] Features { get; init; }

    public required float[] Thresholds { get; init; }

    /// <summary>What NaN counts as at each node; null if the tree has no such values.</summary>
    public required float[]? Defaults { get; init; }

    /// <summary>The features of each categorical node, null for numeric nodes; null if there are none.</summary>
    public required int[]?[]? Categories { get; init; }

    public required double[] Leaves { get; init; }

    /// <summary>Whether the tree is an untrained dummy, whose first node points at itself; it contributes 0.</summary>
    public bool IsDummy => FirstChildren[0] == 0;

    /// <summary>The features that the nodes look at, repetitions included. What a categorical node states as its single feature does not count.</summary>
    public IEnumerable<int> SplitFeatures
    {
        get
        {
            for (var node = 0; node < NodeCount; node++)
            {
                if (Categories?[node] is not { } categories)
                {
                    yield return Features[node];
                    continue;
                }

                foreach (var feature in categories)
                    yield return feature;
            }
        }
    }

    /// <summary>Most splits on a path from the root to a leaf.</summary>
    public required int Depth { get; init; }

    /// <summary>The value of the leaf that a row falls into.</summary>
    public double Leaf(ReadOnlySpan<float> features)
    {
        if (IsDummy)
            return 0;

        var node = 0;
        do
            node = GoesFirst(node, features) ? FirstChildren[node] : SecondChildren[node];
        while (node >= 0);

        return Leaves[~node];
    }

    public static RegressionTree Read(EntryReader body, ComponentVersion version, TreeFormat format)
    {
        var start = body.Position;
        var kind = body.Byte("the kind of a tree");
        if (kind is not (PlainKind or QuantileKind) || (format.IsForest && kind != QuantileKind))
            throw body.MalformedAt(start, format.IsForest ? "tree kind 2" : "tree kind 0 or 2", EntryReader.Text(kind));

        var leafCount = body.Int32("the number of leaves");
        if (leafCount < 2)
            throw body.MalformedAt(start + 1, "at least 2 leaves", EntryReader.Text(leafCount));
        body.Double("the maximum output");
        body.Double("the weight");

        var nodes = leafCount - 1;
        var first = body.CountedInt32s("first children");
        var second = body.CountedInt32s("second children");
        var features = body.CountedInt32s("split features");
        var capacity = first.Length;
        if (capacity < nodes || second.Length != capacity || features.Length != capacity)
            throw body.MalformedAt(start, $"children and features of at least {nodes} nodes", $"{capacity}, {second.Length} and {features.Length}");

        var categories = version >= format.Categories ? ReadCategories(body, nodes) : null;
        RequireCount(body, body.CountedUInt32s("binned thresholds").Length, capacity, isOptional: true);
        var thresholds = body.CountedSingles("thresholds");
        RequireCount(body, thresholds.Length, nodes, isOptional: false);
        var defaults = version >= format.Defaults ? body.CountedSingles("default values") : [];
        RequireCount(body, defaults.Length, nodes, isOptional: true);
        var leaves = body.CountedDoubles("leaf values");
        RequireCount(body, leaves.Length, capacity + 1, isOptional: false);
        RequireCount(body, body.CountedDoubles("split gains").Length, capacity, isOptional: true);
        RequireCount(body, body.CountedDoubles("p-values").Length, capacity, isOptional: true);
        RequireCount(body, body.CountedDoubles("previous leaf values").Length, capacity, isOptional: true);

        if (kind == QuantileKind)
        {
            body.CountedDoubles("label samples");
            if (version.IsAtLeast(1, 2))
                body.CountedDoubles("sample weights");
        }

        return new RegressionTree
        {
            FirstChildren = first[..nodes],
            SecondChildren = second[..nodes],
            Features = features[..nodes],
            Thresholds = thresholds,
            Defaults = defaults.AsSpan().ContainsAnyExcept(0f) ? defaults : null,
            Categories = categories,
            Leaves = leaves[..leafCount],
            Depth = first[0] == 0 ? 0 : RequireTree(body, start, first[..nodes], second),
        };
    }

    /// <summary>Whether a row goes to the first child of a node.</summary>
    public bool GoesFirst(int node, ReadOnlySpan<float> features)
    {
        if (Categories?[node] is not { } categories)
            return IsAtMost(node, features[Features[node]]);

        foreach (var feature in categories)
        {
            if (IsActive(node, features[feature]))
                return false;
        }

        return true;
    }

    /// <summary>Whether a value goes to the first child of a numeric node.</summary>
    public bool IsAtMost(int node, float value) => Value(node, value) <= Thresholds[node];

    /// <summary>Whether a value sends a row to the second child of a categorical node.</summary>
    public bool IsActive(int node, float value) => Value(node, value) > 0;

    private float Value(int node, float value) => Defaults is not null && float.IsNaN(value) ? Defaults[node] : value;

    private static int[]?[]? ReadCategories(EntryReader body, int nodes)
    {
        var start = body.Position;
        var categorical = body.CountedInt32s("categorical nodes");
        if (categorical.Length == 0)
            return null;

        body.Budget.Take(body.Entry, start, (8L * nodes) + (32L * categorical.Length));
        var categories = new int[]?[nodes];

        foreach (var node in categorical)
        {
            if ((uint)node >= (uint)nodes || categories[node] is not null)
                throw body.MalformedAt(start, $"categorical nodes below {nodes}, each once", EntryReader.Text(node));
            categories[node] = body.CountedInt32s("features of a categorical node");
            body.Int32s(2, "the range of a categorical node");
        }

        return categories;
    }

    private static void RequireCount(EntryReader body, int found, int expected, bool isOptional)
    {
        if (found != expected && !(isOptional && found == 0))
            throw body.Malformed($"{expected} items{(isOptional ? " or none" : "")}", EntryReader.Text(found));
    }

    /// <summary>Walks the tree from its root; every node may be reached once only. Returns the depth.</summary>
    private static int RequireTree(EntryReader body, int start, int[] first, int[] second)
    {
        var nodes = first.Length;
        var isReached = new bool[nodes];
        var open = new Stack<(int Node, int Depth)>();
        var deepest = 0;
        open.Push((0, 1));
        isReached[0] = true;

        while (open.TryPop(out var item))
        {
            deepest = Math.Max(deepest, item.Depth);

            foreach (var child in (ReadOnlySpan<int>)[first[item.Node], second[item.Node]])
            {
                if (child < 0 ? ~child > nodes : child >= nodes || isReached[child])
                    throw body.MalformedAt(start, $"children of node {item.Node} that are leaves up to {nodes}, or nodes that no other node leads to", EntryReader.Text(child));
                if (child < 0)
                    continue;
                isReached[child] = true;
                open.Push((child, item.Depth + 1));
            }
        }

        return deepest;
    }
}
