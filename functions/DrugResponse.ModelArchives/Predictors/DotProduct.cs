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
    private const int MostLanes = 16;

    public static float Dense(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var count = left.Length;
        right = right[..count];

        if (count < 4)
            return Short(left, right);

        var lanes = count < 8 ? 4 : count < MostLanes ? 8 : MostLanes;
        Span<float> sums = stackalloc float[MostLanes];
        var position = 0;

        for (var lane = 0; lane < lanes; lane++)
            sums[lane] = left[lane] * right[lane];

        for (position = lanes; position + lanes <= count; position += lanes)
        {
            for (var lane = 0; lane < lanes; lane++)
                sums[lane] += left[position + lane] * right[position + lane];
        }

        for (; position < count; position++)
            sums[position - (count - lanes)] += left[position] * right[position];

        return TreeSum(sums[..lanes]);
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

    private static float TreeSum(Span<float> sums)
    {
        for (var length = sums.Length; length > 1; length /= 2)
        {
            for (var pair = 0; pair < length / 2; pair++)
                sums[pair] = sums[2 * pair] + sums[(2 * pair) + 1];
        }

        return sums[0];
    }
}
