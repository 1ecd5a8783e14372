using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrugResponse.ModelArchives.Predictors.Ranks;

/// <summary>Numbers as integers of the same order: comparing them needs no rule for NaN, and is arithmetic.</summary>
internal static class OrderedKey
{
    /// <summary>Below the key of every number.</summary>
    public const int Lowest = int.MinValue;

    /// <summary>Above the key of every number.</summary>
    public const int Highest = int.MaxValue;

    private const int BitsOfInfinity = 0x7F800000;

    /// <summary>The bits of a number, negative ones with their magnitude inverted. Adding zero makes -0 equal to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(float value, int missing)
    {
        var bits = BitConverter.SingleToInt32Bits(value + 0f);
        var key = bits ^ (int)((uint)(bits >> 31) >> 1);

        return (bits & Highest) > BitsOfInfinity ? missing : key;
    }

    /// <summary>The keys of several numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Of(Vector512<float> values, int missing)
    {
        var bits = (values + Vector512<float>.Zero).AsInt32();
        var keys = bits ^ Vector512.ShiftRightLogical(Vector512.ShiftRightArithmetic(bits, 31), 1);

        return Vector512.ConditionalSelect(Vector512.GreaterThan(bits & Vector512.Create(Highest), Vector512.Create(BitsOfInfinity)), Vector512.Create(missing), keys);
    }
}
