using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Predictors.Ranks;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>Dot products of a block of rows with one vector of weights, in the same order of summation as <see cref="DotProduct"/>: here a lane is a row.</summary>
internal static class BlockDotProduct
{
    private const int MostLanes = 16;

    /// <summary>Sums in lanes, as for dense rows.</summary>
    public static Vector512<float> Dense(ReadOnlySpan<float> weights, ReadOnlySpan<float> features)
    {
        var count = weights.Length;
        if (count < 4)
            return Backwards(weights, features);

        var lanes = count < 8 ? 4 : count < MostLanes ? 8 : MostLanes;
        Span<Vector512<float>> sums = stackalloc Vector512<float>[MostLanes];
        for (var lane = 0; lane < lanes; lane++)
            sums[lane] = Product(weights, features, lane);

        var position = lanes;
        for (; position + lanes <= count; position += lanes)
        {
            for (var lane = 0; lane < lanes; lane++)
                sums[lane] += Product(weights, features, position + lane);
        }

        for (; position < count; position++)
            sums[position - (count - lanes)] += Product(weights, features, position);

        for (var length = lanes; length > 1; length /= 2)
        {
            for (var pair = 0; pair < length / 2; pair++)
                sums[pair] = sums[2 * pair] + sums[(2 * pair) + 1];
        }

        return sums[0];
    }

    /// <summary>Sums as ML.NET's incremental builder leaves the rows: dense if the values other than zero are at least half of them, else sparse.</summary>
    public static Vector512<float> Built(ReadOnlySpan<float> weights, ReadOnlySpan<float> features)
    {
        var running = Vector512<float>.Zero;
        var count = Vector512<int>.Zero;

        for (var slot = 0; slot < weights.Length; slot++)
        {
            var values = Values(features, slot);
            var isZero = Vector512.Equals(values, Vector512<float>.Zero);

            // What is zero is not part of a sparse row, whatever its weight.
            running = Vector512.ConditionalSelect(isZero, running, running + (values * Vector512.Create(weights[slot])));
            count += Vector512<int>.One + isZero.AsInt32();
        }

        var isDense = Vector512.GreaterThanOrEqual(count, Vector512.Create(Math.Max(1, weights.Length / 2)));

        return Vector512.ConditionalSelect(isDense.AsSingle(), Dense(weights, features), running);
    }

    /// <summary>Running sum over the listed slots.</summary>
    public static Vector512<float> Listed(ReadOnlySpan<float> weights, ReadOnlySpan<int> slots, ReadOnlySpan<float> features)
    {
        var sum = Vector512<float>.Zero;
        for (var index = 0; index < slots.Length; index++)
            sum += Values(features, slots[index]) * Vector512.Create(weights[index]);

        return sum;
    }

    private static Vector512<float> Backwards(ReadOnlySpan<float> weights, ReadOnlySpan<float> features)
    {
        var sum = Vector512<float>.Zero;
        for (var slot = weights.Length - 1; slot >= 0; slot--)
            sum += Product(weights, features, slot);

        return sum;
    }

    private static Vector512<float> Product(ReadOnlySpan<float> weights, ReadOnlySpan<float> features, int slot) => Vector512.Create(weights[slot]) * Values(features, slot);

    private static Vector512<float> Values(ReadOnlySpan<float> features, int slot) => Vector512.Create(features.Slice(slot * RowBlock.Rows, RowBlock.Rows));
}
