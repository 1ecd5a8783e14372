using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>Trees of no more leaves than a mask has bits, in groups that fill a vector of masks.</summary>
internal sealed class MaskTrees<TMask> : CompiledTrees
    where TMask : unmanaged, IBinaryInteger<TMask>, IMinMaxValue<TMask>
{
    private readonly Group[] _groups;
    private readonly ushort[] _rows;
    private readonly TMask[] _masks;
    private readonly double[] _leaves;
    private readonly int[] _leafStarts;
    private readonly int _firstMask;

    private MaskTrees(TreeInputs inputs, RankTable ranks, MaskTreeBuilder<TMask> builder)
        : base(inputs, ranks)
    {
        _groups = [.. builder.Groups];
        _rows = [.. builder.Rows];
        _leaves = [.. builder.Leaves];
        _leafStarts = [.. builder.LeafStarts];
        (_masks, _firstMask) = Align(builder.Masks);
    }

    private static int Width => Vector512<TMask>.Count;

    public static MaskTrees<TMask>? TryCreate(RegressionTree[] trees)
    {
        var (inputs, splits) = TreeInputs.Collect(trees);
        var thresholds = new SortedSet<int>[inputs.Count];
        for (var input = 0; input < thresholds.Length; input++)
            thresholds[input] = [];
        foreach (var (input, threshold) in splits.SelectMany(tree => tree))
            thresholds[input].Add(threshold);

        var ranked = Array.ConvertAll(thresholds, values => values.ToArray());
        var builder = new MaskTreeBuilder<TMask>(ranked, MostTableEntries);
        for (var first = 0; first < trees.Length; first += Width)
        {
            var count = Math.Min(Width, trees.Length - first);
            if (!builder.TryAdd(trees.AsSpan(first, count), splits.AsSpan(first, count)))
                return null;
        }

        return new MaskTrees<TMask>(inputs, new RankTable(ranked), builder);
    }

    protected override double SumByRank(ReadOnlySpan<int> ranks)
    {
        ref var rank = ref MemoryMarshal.GetReference(ranks);
        Span<TMask> left = stackalloc TMask[Width];
        var sum = 0.0;

        foreach (ref readonly var group in _groups.AsSpan())
        {
            ref var masks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_masks), _firstMask + group.FirstMask);
            var reachable = Vector512<TMask>.AllBitsSet;
            foreach (var (input, table) in group.Tables)
                reachable &= Vector512.LoadUnsafe(ref masks, Row(table, Unsafe.Add(ref rank, input)));

            reachable.CopyTo(left);
            for (var tree = 0; tree < left.Length; tree++)
                sum += Leaf(group.FirstTree + tree, left[tree]);
        }

        return sum;
    }

    /// <summary>Four rows at a time: their sums do not wait for one another.</summary>
    protected override void BlockSumByRank(ReadOnlySpan<int> ranks, Span<double> sums)
    {
        for (var row = 0; row < RowBlock.Rows; row += 4)
            FourSums(ref Unsafe.Add(ref MemoryMarshal.GetReference(ranks), row), sums.Slice(row, 4));
    }

    private void FourSums(ref int rank, Span<double> sums)
    {
        Span<TMask> left = stackalloc TMask[4 * Vector512<TMask>.Count];
        ref var leaf = ref MemoryMarshal.GetReference(left);
        double first = 0, second = 0, third = 0, fourth = 0;

        foreach (ref readonly var group in _groups.AsSpan())
        {
            ref var masks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_masks), _firstMask + group.FirstMask);
            var (a, b, c, d) = (Vector512<TMask>.AllBitsSet, Vector512<TMask>.AllBitsSet, Vector512<TMask>.AllBitsSet, Vector512<TMask>.AllBitsSet);

            foreach (var (input, table) in group.Tables)
            {
                ref var four = ref Unsafe.Add(ref rank, input * RowBlock.Rows);
                a &= Vector512.LoadUnsafe(ref masks, Row(table, four));
                b &= Vector512.LoadUnsafe(ref masks, Row(table, Unsafe.Add(ref four, 1)));
                c &= Vector512.LoadUnsafe(ref masks, Row(table, Unsafe.Add(ref four, 2)));
                d &= Vector512.LoadUnsafe(ref masks, Row(table, Unsafe.Add(ref four, 3)));
            }

            a.StoreUnsafe(ref leaf);
            b.StoreUnsafe(ref leaf, (nuint)Width);
            c.StoreUnsafe(ref leaf, (nuint)(2 * Width));
            d.StoreUnsafe(ref leaf, (nuint)(3 * Width));

            for (var tree = 0; tree < Width; tree++)
            {
                first += Leaf(group.FirstTree + tree, Unsafe.Add(ref leaf, tree));
                second += Leaf(group.FirstTree + tree, Unsafe.Add(ref leaf, Width + tree));
                third += Leaf(group.FirstTree + tree, Unsafe.Add(ref leaf, (2 * Width) + tree));
                fourth += Leaf(group.FirstTree + tree, Unsafe.Add(ref leaf, (3 * Width) + tree));
            }
        }

        (sums[0], sums[1], sums[2], sums[3]) = (first, second, third, fourth);
    }

    // Ranks lie between 0 and the number of thresholds, and the table has a row for each of them, so that no check is needed here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nuint Row(int table, int rank) => (nuint)Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), table + rank) * (nuint)Width;

    // A combination of masks always leaves the leaf that the row falls into, so that the lowest bit is one of the tree's leaves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Leaf(int tree, TMask reachable) => Unsafe.Add(
        ref MemoryMarshal.GetArrayDataReference(_leaves),
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leafStarts), tree) + int.CreateTruncating(TMask.TrailingZeroCount(reachable)));

    /// <summary>Copies the masks to a place where no row crosses a cache line.</summary>
    private static (TMask[] Masks, int First) Align(List<TMask> masks)
    {
        var aligned = GC.AllocateArray<TMask>(masks.Count + Width, pinned: true);
        var lineSize = Vector512<byte>.Count;
        var misplaced = (int)((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(aligned, 0) % (nuint)lineSize);
        var first = misplaced == 0 ? 0 : (lineSize - misplaced) / Unsafe.SizeOf<TMask>();
        CollectionsMarshal.AsSpan(masks).CopyTo(aligned.AsSpan(first));

        return (aligned, first);
    }

    /// <summary>Trees whose masks fill a vector.</summary>
    /// <param name="FirstTree">Number of the first tree.</param>
    /// <param name="FirstMask">Where the rows of masks of the group begin.</param>
    /// <param name="Tables">The inputs the group looks at, each with the beginning of its table from rank to row.</param>
    internal readonly record struct Group(int FirstTree, int FirstMask, (int Input, int Table)[] Tables);
}
