using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrugResponse.ModelArchives.Predictors.Ranks;

/// <summary>The different thresholds of every input in ascending order; the rank of a key is the number of thresholds below it.</summary>
internal sealed class RankTable
{
    /// <summary>Up to so many thresholds, comparing a block of rows with all of them is faster than a search for each row.</summary>
    private const int MostCompared = 256;

    private readonly int[] _thresholds;
    private readonly int[] _starts;

    public RankTable(IReadOnlyList<int[]> thresholds)
    {
        _thresholds = [.. thresholds.SelectMany(values => values)];
        _starts = new int[thresholds.Count + 1];
        for (var input = 0; input < thresholds.Count; input++)
            _starts[input + 1] = _starts[input] + thresholds[input].Length;
    }

    public int InputCount => _starts.Length - 1;

    /// <summary>The rank of one key.</summary>
    public int Rank(int input, int key) =>
        Search(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_thresholds), _starts[input]), _starts[input + 1] - _starts[input], key);

    /// <summary>Replaces keys by ranks.</summary>
    public void Rank(Span<int> keys)
    {
        ref var thresholds = ref MemoryMarshal.GetArrayDataReference(_thresholds);

        for (var input = 0; input < keys.Length; input++)
            keys[input] = Search(ref Unsafe.Add(ref thresholds, _starts[input]), _starts[input + 1] - _starts[input], keys[input]);
    }

    /// <summary>Replaces the keys of a block of rows by ranks.</summary>
    public void BlockRank(Span<int> keys)
    {
        for (var input = 0; input < InputCount; input++)
            BlockRank(input, keys.Slice(input * RowBlock.Rows, RowBlock.Rows));
    }

    /// <summary>Replaces the keys of a block of rows for one input by ranks.</summary>
    public void BlockRank(int input, Span<int> keys)
    {
        var thresholds = _thresholds.AsSpan(_starts[input]..(_starts[input + 1]));

        if (thresholds.Length <= MostCompared)
        {
            CountBelow(thresholds, keys);
            return;
        }

        foreach (ref var key in keys)
            key = Search(ref MemoryMarshal.GetReference(thresholds), thresholds.Length, key);
    }

    private static void CountBelow(ReadOnlySpan<int> thresholds, Span<int> block)
    {
        var keys = Vector512.Create<int>(block);
        var ranks = Vector512<int>.Zero;

        // A comparison that holds is -1 in its lane.
        foreach (var threshold in thresholds)
            ranks -= Vector512.LessThan(Vector512.Create(threshold), keys);

        ranks.CopyTo(block);
    }

    /// <summary>A binary search whose steps are arithmetic: branches on data would be mispredicted half of the time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Search(ref int thresholds, int count, long key)
    {
        if (count == 0)
            return 0;

        var position = 0;
        while (count > 1)
        {
            var half = count >> 1;
            position += half & (int)((Unsafe.Add(ref thresholds, position + half - 1) - key) >> 63);
            count -= half;
        }

        return position - (int)((Unsafe.Add(ref thresholds, position) - key) >> 63);
    }
}
