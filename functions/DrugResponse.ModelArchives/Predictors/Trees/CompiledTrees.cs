using System.Buffers;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>An ensemble laid out for scoring. Immutable.</summary>
/// <remarks>
/// <para>
/// A row is first turned into ranks: for every input, how many of the ensemble's thresholds for it lie below the value. For a
/// tree, the rank of one input settles all its splits on that input, and so leaves a set of leaves that can still be reached: a bit mask.
/// The masks are tabulated by input and rank. The leaf of a row is the one bit that is left when the masks of all inputs are
/// combined; no branch and no dependent load per split. Leaves are numbered from first to second child, and a mask clears the leaves
/// under the first child of every split that the rank sends to the second; the lowest bit left is the leaf. (The numbering and the masks
/// are those of QuickScorer: Lucchese et al., SIGIR 2015; the tabulation by rank is what is added here.)
/// </para>
/// <para>Leaf values are added in Double and in tree order, so that the sum is the same to the last bit as walking the trees gives.</para>
/// </remarks>
internal abstract class CompiledTrees(TreeInputs inputs, RankTable ranks)
{
    /// <summary>Most entries of a table of masks by rank; beyond, and for larger trees, trees are walked split by split.</summary>
    protected const int MostTableEntries = 1 << 22;

    private const int MostKeysOnStack = 1024;

    /// <summary>Lays the trees out; null if they are too large for it.</summary>
    public static CompiledTrees? TryCompile(IReadOnlyList<RegressionTree> trees)
    {
        var real = trees.Where(tree => !tree.IsDummy).ToArray();
        if (real.Length == 0)
            return null;

        return real.Max(tree => tree.Leaves.Length) switch
        {
            <= 32 => MaskTrees<uint>.TryCreate(real),
            <= 64 => MaskTrees<ulong>.TryCreate(real),
            _ => null,
        };
    }

    /// <summary>The sum of the leaf values of a row.</summary>
    public double Sum(ReadOnlySpan<float> features)
    {
        int[]? rented = null;
        var keys = inputs.Count <= MostKeysOnStack ? stackalloc int[inputs.Count] : (rented = ArrayPool<int>.Shared.Rent(inputs.Count)).AsSpan(0, inputs.Count);

        inputs.Keys(features, keys);
        ranks.Rank(keys);
        var sum = SumByRank(keys);

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
        ranks.BlockRank(keys);
        BlockSumByRank(keys, sums);

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
    }

    protected abstract double SumByRank(ReadOnlySpan<int> ranks);

    /// <summary>Ranks of one input lie together.</summary>
    protected abstract void BlockSumByRank(ReadOnlySpan<int> ranks, Span<double> sums);
}
