using System.Buffers;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>An ensemble laid out for scoring. Immutable.</summary>
/// <remarks>
/// <para>
/// What an input's value settles in a tree is a set of leaves that can still be reached: a bit mask. It depends only on how
/// many of the tree's thresholds for that input lie below the value. Trees are taken in groups that fill a vector with their masks; for a group and
/// an input, the different thresholds are counted by comparing a vector of them at once, and the count picks a row of
/// masks. The leaf of a row is the one bit that is left when the masks of all inputs are combined: no branch, and no load
/// that waits for a split. Leaves are numbered from first to second child, and a mask clears the leaves under the first child
/// of every split that sends the row to the second; the lowest bit left is the leaf. (That numbering and those masks are those
/// of QuickScorer: Lucchese et al., SIGIR 2015; the rows of masks by count are what is added here.)
/// </para>
/// <para>Leaf values are added in Double and in tree order, so that the sum is the same to the last bit as walking the trees gives.</para>
/// </remarks>
internal abstract class CompiledTrees(TreeInputs inputs)
{
    private const int MostKeysOnStack = 1024;

    /// <summary>Lays the trees out; null if some have more leaves than a mask has bits. Those are walked split by split.</summary>
    public static CompiledTrees? TryCompile(IReadOnlyList<RegressionTree> trees)
    {
        var real = trees.Where(tree => !tree.IsDummy).ToArray();
        if (real.Length == 0)
            return null;

        return real.Max(tree => tree.Leaves.Length) switch
        {
            <= 32 => MaskTrees<uint>.Create(real),
            <= 64 => MaskTrees<ulong>.Create(real),
            _ => null,
        };
    }

    /// <summary>The sum of the leaf values of a row.</summary>
    public double Sum(ReadOnlySpan<float> features)
    {
        int[]? rented = null;
        var keys = inputs.Count <= MostKeysOnStack ? stackalloc int[inputs.Count] : (rented = ArrayPool<int>.Shared.Rent(inputs.Count)).AsSpan(0, inputs.Count);

        inputs.Keys(features, keys);
        var sum = SumByKey(keys);

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);

        return sum;
    }

    /// <summary>The sums of a block of rows; the values of one feature lie together.</summary>
    public void BlockSum(ReadOnlySpan<float> features, Span<double> sums)
    {
        var size = inputs.Count * RowBlock.Rows;
        int[]? rented = null;
        var keys = size <= MostKeysOnStack ? stackalloc int[size] : (rented = ArrayPool<int>.Shared.Rent(size)).AsSpan(0, size);

        inputs.BlockKeys(features, keys);
        BlockSumByKey(keys, sums);

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
    }

    protected abstract double SumByKey(ReadOnlySpan<int> keys);

    /// <summary>Keys of one input lie together.</summary>
    protected abstract void BlockSumByKey(ReadOnlySpan<int> keys, Span<double> sums);
}
