using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>Trees of no more leaves than a mask has bits, in groups that fill a vector of masks.</summary>
internal sealed class MaskTrees<TMask> : CompiledTrees
    where TMask : unmanaged, IBinaryInteger<TMask>
{
    private const int MostRowsOnStack = 1024;

    private readonly Group[] _groups;
    private readonly Table[] _tables;
    private readonly AlignedArray<int> _thresholds;
    private readonly AlignedArray<TMask> _masks;
    private readonly double[] _leaves;
    private readonly int[] _leafStarts;
    private readonly int _mostTables;

    private MaskTrees(TreeInputs inputs, MaskTreeBuilder<TMask> builder)
        : base(inputs)
    {
        _groups = [.. builder.Groups];
        _tables = [.. builder.Tables];
        _thresholds = new AlignedArray<int>(builder.Thresholds);
        _masks = new AlignedArray<TMask>(builder.Masks);
        _leaves = [.. builder.Leaves];
        _leafStarts = [.. builder.LeafStarts];
        _mostTables = _groups.Max(group => group.TableCount);
    }

    private static int Width => Vector512<TMask>.Count;

    public static MaskTrees<TMask> Create(RegressionTree[] trees)
    {
        var (inputs, splits) = TreeInputs.Collect(trees);
        var builder = new MaskTreeBuilder<TMask>();

        for (var first = 0; first < trees.Length; first += Width)
        {
            var count = Math.Min(Width, trees.Length - first);
            builder.Add(trees.AsSpan(first, count), splits.AsSpan(first, count));
        }

        return new MaskTrees<TMask>(inputs, builder);
    }

    protected override double SumByKey(ReadOnlySpan<int> keys)
    {
        Span<TMask> left = stackalloc TMask[Vector512<TMask>.Count];
        ref var reachable = ref MemoryMarshal.GetReference(left);
        var sum = 0.0;

        for (var group = 0; group < _groups.Length; group++)
        {
            Reach(_tables.AsSpan(_groups[group].FirstTable, _groups[group].TableCount), keys).StoreUnsafe(ref reachable);
            sum = AddLeaves(group * Width, ref reachable, sum);
        }

        return sum;
    }

    protected override void BlockSumByKey(ReadOnlySpan<int> keys, Span<double> sums)
    {
        var size = _mostTables * RowBlock.Rows;
        int[]? rented = null;
        var rows = size <= MostRowsOnStack ? stackalloc int[size] : (rented = ArrayPool<int>.Shared.Rent(size)).AsSpan(0, size);
        sums[..RowBlock.Rows].Clear();

        for (var group = 0; group < _groups.Length; group++)
        {
            FindRows(Tables(group), keys, rows);
            for (var row = 0; row < RowBlock.Rows; row += 4)
                AddFour(group, ref rows[row], sums.Slice(row, 4));
        }

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
    }

    private ReadOnlySpan<Table> Tables(int group) => _tables.AsSpan(_groups[group].FirstTable, _groups[group].TableCount);

    /// <summary>The leaves that all inputs of a row leave reachable.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector512<TMask> Reach(ReadOnlySpan<Table> tables, ReadOnlySpan<int> keys)
    {
        ref var thresholds = ref _thresholds.First;
        ref var masks = ref _masks.First;
        var reachable = Vector512<TMask>.AllBitsSet;

        foreach (ref readonly var table in tables)
        {
            // Unused places of a vector hold the highest key, and so are never below.
            var key = Vector512.Create(keys[table.Input]);
            var row = table.FirstRow + BitOperations.PopCount(Vector512.LessThan(Vector512.LoadUnsafe(ref thresholds, (nuint)table.FirstThreshold), key).ExtractMostSignificantBits());
            for (var vector = 1; vector < table.VectorCount; vector++)
            {
                var more = Vector512.LoadUnsafe(ref thresholds, (nuint)(table.FirstThreshold + (vector * Vector512<int>.Count)));
                row += BitOperations.PopCount(Vector512.LessThan(more, key).ExtractMostSignificantBits());
            }

            reachable &= Vector512.LoadUnsafe(ref masks, Row(row));
        }

        return reachable;
    }

    /// <summary>Adds a leaf of each tree of a group. A method of its own, so that the sum stays in a register.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double AddLeaves(int firstTree, ref TMask reachable, double sum)
    {
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(_leaves);
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leafStarts), firstTree);

        for (var tree = 0; tree < Vector512<TMask>.Count; tree++)
            sum += Unsafe.Add(ref leaves, Unsafe.Add(ref start, tree) + Lowest(Unsafe.Add(ref reachable, tree)));

        return sum;
    }

    /// <summary>The row of masks of every table of a group, for all rows of a block.</summary>
    private void FindRows(ReadOnlySpan<Table> tables, ReadOnlySpan<int> keys, Span<int> rows)
    {
        for (var index = 0; index < tables.Length; index++)
        {
            ref readonly var table = ref tables[index];
            var wanted = Vector512.Create(keys.Slice(table.Input * RowBlock.Rows, RowBlock.Rows));
            var found = Vector512.Create(table.FirstRow);

            // A comparison that holds is -1 in its lane.
            for (var threshold = 0; threshold < table.ThresholdCount; threshold++)
                found -= Vector512.LessThan(Vector512.Create(Unsafe.Add(ref _thresholds.First, table.FirstThreshold + threshold)), wanted);

            found.CopyTo(rows.Slice(index * RowBlock.Rows, RowBlock.Rows));
        }
    }

    /// <summary>Adds what a group gives to four rows; their sums do not wait for one another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddFour(int group, ref int row, Span<double> sums)
    {
        Span<TMask> left = stackalloc TMask[4 * Vector512<TMask>.Count];
        ref var reachable = ref MemoryMarshal.GetReference(left);
        ref var masks = ref _masks.First;
        var (a, b, c, d) = (Vector512<TMask>.AllBitsSet, Vector512<TMask>.AllBitsSet, Vector512<TMask>.AllBitsSet, Vector512<TMask>.AllBitsSet);

        for (var table = _groups[group].TableCount; table > 0; table--)
        {
            a &= Vector512.LoadUnsafe(ref masks, Row(row));
            b &= Vector512.LoadUnsafe(ref masks, Row(Unsafe.Add(ref row, 1)));
            c &= Vector512.LoadUnsafe(ref masks, Row(Unsafe.Add(ref row, 2)));
            d &= Vector512.LoadUnsafe(ref masks, Row(Unsafe.Add(ref row, 3)));
            row = ref Unsafe.Add(ref row, RowBlock.Rows);
        }

        a.StoreUnsafe(ref reachable);
        b.StoreUnsafe(ref reachable, (nuint)Width);
        c.StoreUnsafe(ref reachable, (nuint)(2 * Width));
        d.StoreUnsafe(ref reachable, (nuint)(3 * Width));

        ref var leaves = ref MemoryMarshal.GetArrayDataReference(_leaves);
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leafStarts), group * Width);
        var (first, second, third, fourth) = (sums[0], sums[1], sums[2], sums[3]);

        for (var tree = 0; tree < Vector512<TMask>.Count; tree++)
        {
            ref var values = ref Unsafe.Add(ref leaves, Unsafe.Add(ref start, tree));
            first += Unsafe.Add(ref values, Lowest(Unsafe.Add(ref reachable, tree)));
            second += Unsafe.Add(ref values, Lowest(Unsafe.Add(ref reachable, Width + tree)));
            third += Unsafe.Add(ref values, Lowest(Unsafe.Add(ref reachable, (2 * Width) + tree)));
            fourth += Unsafe.Add(ref values, Lowest(Unsafe.Add(ref reachable, (3 * Width) + tree)));
        }

        (sums[0], sums[1], sums[2], sums[3]) = (first, second, third, fourth);
    }

    // A count lies between 0 and the number of thresholds, and the table has a row for each, so that no check is needed where it is used.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Row(int row) => (nuint)row * (nuint)Width;

    // A combination of masks always leaves the leaf that the row falls into, so that the lowest bit is one of the tree's leaves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Lowest(TMask reachable) => int.CreateTruncating(TMask.TrailingZeroCount(reachable));

    /// <summary>Trees whose masks fill a vector: the tables of the inputs that they look at.</summary>
    internal readonly record struct Group(int FirstTable, int TableCount);

    /// <summary>The thresholds that a group has for an input, and the rows of masks by the number of them below the value.</summary>
    internal readonly record struct Table(int Input, int FirstThreshold, int ThresholdCount, int VectorCount, int FirstRow);
}
