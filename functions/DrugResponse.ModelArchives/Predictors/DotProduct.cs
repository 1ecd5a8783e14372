using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>Dot products of Single vectors in the order of summation that ML.NET uses, so that results agree to the last bit where they can.</summary>
/// <remarks>
/// Products are rounded to Single. Sparse: one running sum in index order. Dense, n terms: below 4 a running sum from the last to the first;
/// from 4, lanes (4, from 8 eight, from 16 sixteen) start with the first products, full groups are added lane by lane, the
/// remaining products are added to the lanes counted from the end, and the lanes are summed as a tree of pairs. ML.NET's own
/// order for 144 terms and more depends on memory alignment; there the result agrees only to rounding.
/// </remarks>
internal static class DotProduct
{
    public static float Dense(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        right = right[..left.Length];
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right);

        return left.Length switch
        {
            < 4 => Short(left, right),
            < 8 => Four(ref first, ref second, left.Length),
            < 16 => Eight(ref first, ref second, left.Length),
            _ => Sixteen(ref first, ref second, left.Length),
        };
    }

    /// <summary>Sum over the explicit slots of the right vector only.</summary>
    public static float Sparse(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<int> slots)
    {
        var sum = 0f;
        foreach (var slot in slots)
            sum += left[slot] * right[slot];

        return sum;
    }

    private static float Short(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0f;
        for (var index = left.Length - 1; index >= 0; index--)
            sum += left[index] * right[index];

        return sum;
    }

    private static float Four(ref float left, ref float right, int count)
    {
        const int Lanes = 4;
        var sums = Vector128.LoadUnsafe(ref left) * Vector128.LoadUnsafe(ref right);

        if (count != Lanes)
        {
            // The last lanes hold the products that are left over; the others were added before.
            var last = (nuint)(count - Lanes);
            var rest = Vector128.LoadUnsafe(ref left, last) * Vector128.LoadUnsafe(ref right, last);
            sums = Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(Vector128<int>.Indices, Vector128.Create((2 * Lanes) - count)).AsSingle(), sums + rest, sums);
        }

        return TreeSum(sums);
    }

    private static float Eight(ref float left, ref float right, int count)
    {
        const int Lanes = 8;
        var sums = Vector256.LoadUnsafe(ref left) * Vector256.LoadUnsafe(ref right);

        if (count != Lanes)
        {
            var last = (nuint)(count - Lanes);
            var rest = Vector256.LoadUnsafe(ref left, last) * Vector256.LoadUnsafe(ref right, last);
            sums = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create((2 * Lanes) - count)).AsSingle(), sums + rest, sums);
        }

        return TreeSum(sums);
    }

    private static float Sixteen(ref float left, ref float right, int count)
    {
        const int Lanes = 16;
        var sums = Vector512.LoadUnsafe(ref left) * Vector512.LoadUnsafe(ref right);
        var position = Lanes;

        for (; position + Lanes <= count; position += Lanes)
            sums += Vector512.LoadUnsafe(ref left, (nuint)position) * Vector512.LoadUnsafe(ref right, (nuint)position);

        if (position != count)
        {
            var last = (nuint)(count - Lanes);
            var rest = Vector512.LoadUnsafe(ref left, last) * Vector512.LoadUnsafe(ref right, last);
            sums = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(Lanes - (count - position))).AsSingle(), sums + rest, sums);
        }

        return TreeSum(sums.GetLower()) + TreeSum(sums.GetUpper());
    }

    /// <summary>((l0 + l1) + (l2 + l3)) + ((l4 + l5) + (l6 + l7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TreeSum(Vector256<float> sums) => TreeSum(sums.GetLower()) + TreeSum(sums.GetUpper());

    /// <summary>(l0 + l1) + (l2 + l3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TreeSum(Vector128<float> sums)
    {
        var pairs = sums + Vector128.Shuffle(sums, Vector128.Create(1, 0, 3, 2));

        return pairs.ToScalar() + pairs.GetElement(2);
    }
}
