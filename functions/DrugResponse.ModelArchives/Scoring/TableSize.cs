using System.Numerics;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Sizes of open-addressing tables: a power of two, at most half full.</summary>
internal static class TableSize
{
    public static int For(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, 2 * count));
}
