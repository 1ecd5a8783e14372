using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>The weights of a linear form, dense or sparse. With sparse weights the other features are not looked at, so that NaN in them does no harm.</summary>
internal sealed class WeightVector
{
    private readonly float[] _weights;
    private readonly int[]? _slots;

    private WeightVector(int length, float[] weights, int[]? slots)
    {
        Length = length;
        _weights = weights;
        _slots = slots;
    }

    public int Length { get; }

    public bool IsDense => _slots is null;

    /// <summary>The weights of all slots if they are dense, else those of the listed slots.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    public static WeightVector Dense(float[] weights) => new(weights.Length, weights, null);

    public static WeightVector Sparse(int length, int[] slots, float[] weights) => new(length, weights, slots);

    /// <summary>Checks that the slots ascend and lie within the length.</summary>
    public static void RequireSlots(EntryReader body, int start, ReadOnlySpan<int> slots, int length)
    {
        var previous = -1;

        foreach (var slot in slots)
        {
            if (slot <= previous || slot >= length)
                throw body.MalformedAt(start, $"ascending indices below {length}", EntryReader.Text(slot));
            previous = slot;
        }
    }

    public float Dot(FeatureVector features)
    {
        var values = features.Values;

        if (_slots is null)
            return features.IsDense ? DotProduct.Dense(_weights, values) : DotProduct.Sparse(_weights, values, features.ExplicitSlots);

        // Where both are sparse, the slots that only the weights list add nothing: their values are zero.
        var sum = 0f;
        for (var index = 0; index < _slots.Length; index++)
            sum += _weights[index] * values[_slots[index]];

        return sum;
    }

    /// <summary>The dot products of a block of rows.</summary>
    public Vector512<float> BlockDot(ReadOnlySpan<float> features, bool hasBuiltForm)
    {
        if (_slots is not null)
            return BlockDotProduct.Listed(_weights, _slots, features);

        return hasBuiltForm ? BlockDotProduct.Built(_weights, features) : BlockDotProduct.Dense(_weights, features);
    }

    public float this[int slot]
    {
        get
        {
            if (_slots is null)
                return _weights[slot];

            return Array.BinarySearch(_slots, slot) is var index and >= 0 ? _weights[index] : 0;
        }
    }

    public bool Lists(int slot) => _slots is null || Array.BinarySearch(_slots, slot) >= 0;

    public void MarkUsed(Span<bool> used)
    {
        if (_slots is null)
        {
            used.Fill(true);
            return;
        }

        foreach (var slot in _slots)
            used[slot] = true;
    }
}
