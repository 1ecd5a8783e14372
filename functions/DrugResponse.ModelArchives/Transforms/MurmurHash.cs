using System.Numerics;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The hash functions of the format: MurmurHash3 (x86, 32 bits), and the older variant without lengths.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Core/Utilities/Hashing.cs</c>. All arithmetic is modulo 2^32.</remarks>
internal static class MurmurHash
{
    public static uint Round(uint hash, uint value) => (BitOperations.RotateLeft(hash ^ Scramble(value), 13) * 5) + 0xE6546B64;

    public static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;

        return hash ^ (hash >> 16);
    }

    public static uint Mix(uint hash, uint length) => Mix(hash ^ length);

    /// <summary>
    /// Hash of a text: its UTF-16 units, each as one to three UTF-8 bytes, fed in groups of four. The bytes of a unit are swapped within
    /// all that is pending, so that they are in UTF-8 order only when nothing was pending; that is how the format defines it.
    /// </summary>
    public static uint Text(uint seed, ReadOnlySpan<char> text)
    {
        text = text.Trim(' ');
        var hash = seed;
        var pending = 0UL;
        var bits = 0;
        var length = 0u;

        foreach (uint unit in text)
        {
            pending |= (ulong)Bytes(unit) << bits;
            if (unit > 0x7FF)
                pending = ((pending & 0xFF) << 16) | (((pending >> 8) & 0xFF) << 8) | (pending >> 16);
            else if (unit > 0x7F)
                pending = ((pending & 0xFF) << 8) | (pending >> 8);

            bits += Width(unit);
            if (bits >= 32)
            {
                hash = Round(hash, (uint)pending);
                pending >>= 32;
                bits -= 32;
                length += 4;
            }
        }

        length += (uint)bits / 8;
        if ((length & 3) != 0)
            hash ^= Scramble((uint)pending & ((1u << (int)(8 * (length & 3))) - 1));

        return Mix(hash, length);
    }

    /// <summary>Hash of a text in archives before version 1.3 of the component: no swapping, and the length is fed as a number.</summary>
    public static uint OldText(uint seed, ReadOnlySpan<char> text)
    {
        text = text.Trim(' ');
        var hash = seed;
        var pending = 0UL;
        var bits = 0;
        var length = 0u;

        foreach (uint unit in text)
        {
            pending |= (ulong)Bytes(unit) << bits;
            bits += Width(unit);
            if (bits >= 32)
            {
                hash = Round(hash, (uint)pending);
                pending >>= 32;
                bits -= 32;
                length += 4;
            }
        }

        if (bits > 0)
        {
            hash = Round(hash, (uint)pending);
            length += (uint)bits / 8;
        }

        return Mix(Round(hash, length));
    }

    private static uint Scramble(uint value) => BitOperations.RotateLeft(value * 0xCC9E2D51, 15) * 0x1B873593;

    private static int Width(uint unit) => unit <= 0x7F ? 8 : unit <= 0x7FF ? 16 : 24;

    private static uint Bytes(uint unit)
    {
        if (unit <= 0x7F)
            return unit;
        if (unit <= 0x7FF)
            return (unit & 0x3F) | ((unit << 2) & 0x1F00) | 0xC080;

        return (unit & 0x3F) | ((unit << 2) & 0x3F00) | ((unit << 4) & 0xF0000) | 0xE08080;
    }
}
