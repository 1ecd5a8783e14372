using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>What the splits of an ensemble look at, as integers that compare like the numbers do.</summary>
/// <remarks>
/// A numeric input is a feature together with the way a missing value goes: missing is above every threshold where it goes to the
/// second child, and below every one where it goes to the first; so a split needs no rule for it. The features of a categorical
/// split make one input: above its threshold if any of them is active, else below.
/// </remarks>
internal sealed class TreeInputs
{
    private readonly (int Feature, int MissingKey)[] _numeric;
    private readonly (int[] Features, bool IsMissingActive)[] _categorical;

    private TreeInputs((int Feature, int MissingKey)[] numeric, (int[] Features, bool IsMissingActive)[] categorical)
    {
        _numeric = numeric;
        _categorical = categorical;
    }

    public int Count => _numeric.Length + _categorical.Length;

    /// <summary>Collects the inputs of all splits, and for each split of each tree its input and its threshold as a key.</summary>
    public static (TreeInputs Inputs, (int Input, int Threshold)[][] Splits) Collect(IReadOnlyList<RegressionTree> trees)
    {
        var numeric = new Dictionary<(int, int), int>();
        var categorical = new Dictionary<(int[] Features, bool IsMissingActive), int>(new CategoryComparer());
        var splits = new (int Input, int Threshold)[trees.Count][];

        for (var tree = 0; tree < trees.Count; tree++)
        {
            splits[tree] = new (int, int)[trees[tree].NodeCount];
            for (var node = 0; node < splits[tree].Length; node++)
            {
                // Categorical inputs are numbered from -1 down until the number of numeric ones is known.
                splits[tree][node] = trees[tree].Categories?[node] is { } categories
                    ? (~Number(categorical, (categories, trees[tree].IsActive(node, float.NaN))), 0)
                    : (Number(numeric, (trees[tree].Features[node], trees[tree].IsAtMost(node, float.NaN) ? OrderedKey.Lowest : OrderedKey.Highest)), ThresholdKey(trees[tree].Thresholds[node]));
            }
        }

        foreach (var split in splits.SelectMany(tree => Enumerable.Range(0, tree.Length).Select(node => (tree, node))))
        {
            var (input, threshold) = split.tree[split.node];
            if (input < 0)
                split.tree[split.node] = (numeric.Count + ~input, threshold);
        }

        return (new TreeInputs([.. numeric.OrderBy(item => item.Value).Select(item => item.Key)], [.. categorical.OrderBy(item => item.Value).Select(item => item.Key)]), splits);
    }

    /// <summary>The keys of one row.</summary>
    public void Keys(ReadOnlySpan<float> features, Span<int> keys)
    {
        for (var input = 0; input < _numeric.Length; input++)
        {
            var (feature, missing) = _numeric[input];
            keys[input] = OrderedKey.Of(features[feature], missing);
        }

        for (var input = 0; input < _categorical.Length; input++)
            keys[_numeric.Length + input] = IsActive(_categorical[input], features, 0, 1) ? OrderedKey.Highest : OrderedKey.Lowest;
    }

    /// <summary>The keys of a block of rows; values and keys of one feature or input lie together.</summary>
    public void BlockKeys(ReadOnlySpan<float> features, Span<int> keys)
    {
        for (var input = 0; input < _numeric.Length; input++)
        {
            var (feature, missing) = _numeric[input];
            var values = Vector512.Create(features.Slice(feature * RowBlock.Rows, RowBlock.Rows));
            OrderedKey.Of(values, missing).CopyTo(keys.Slice(input * RowBlock.Rows, RowBlock.Rows));
        }

        for (var input = 0; input < _categorical.Length; input++)
        {
            for (var row = 0; row < RowBlock.Rows; row++)
                keys[((_numeric.Length + input) * RowBlock.Rows) + row] = IsActive(_categorical[input], features, row, RowBlock.Rows) ? OrderedKey.Highest : OrderedKey.Lowest;
        }
    }

    private static int Number<T>(Dictionary<T, int> numbers, T item)
        where T : notnull
    {
        if (!numbers.TryGetValue(item, out var number))
            numbers.Add(item, number = numbers.Count);

        return number;
    }

    // A threshold that is not a number sends everything to the second child: it lies below every value.
    private static int ThresholdKey(float threshold) => float.IsNaN(threshold) ? OrderedKey.Lowest : OrderedKey.Of(threshold, OrderedKey.Highest);

    private static bool IsActive((int[] Features, bool IsMissingActive) category, ReadOnlySpan<float> features, int row, int stride)
    {
        foreach (var feature in category.Features)
        {
            var value = features[(feature * stride) + row];
            if (value > 0 || (category.IsMissingActive && float.IsNaN(value)))
                return true;
        }

        return false;
    }

    private sealed class CategoryComparer : IEqualityComparer<(int[] Features, bool IsMissingActive)>
    {
        public bool Equals((int[] Features, bool IsMissingActive) left, (int[] Features, bool IsMissingActive) right) =>
            left.IsMissingActive == right.IsMissingActive && left.Features.AsSpan().SequenceEqual(right.Features);

        public int GetHashCode((int[] Features, bool IsMissingActive) category)
        {
            var hash = new HashCode();
            hash.Add(category.IsMissingActive);
            foreach (var feature in category.Features)
                hash.Add(feature);

            return hash.ToHashCode();
        }
    }
}
