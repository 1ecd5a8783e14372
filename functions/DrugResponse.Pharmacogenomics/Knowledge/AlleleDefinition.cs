using System.Numerics;
using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Which bases at which positions make a haplotype.</summary>
internal sealed class AlleleDefinition
{
    private readonly uint[] _masks;
    private readonly HashSet<int>? _ambiguous;

    /// <param name="haplotype">The haplotype that is defined.</param>
    /// <param name="defining">Index of each defining position and the bit mask of the bases it may have there.</param>
    /// <param name="positions">All positions of the gene.</param>
    public AlleleDefinition(
        Haplotype haplotype, IReadOnlyList<(int Position, uint Mask)> defining, IReadOnlyList<VariantPosition> positions)
    {
        Haplotype = haplotype;
        _masks = new uint[positions.Count];
        for (var i = 0; i < _masks.Length; i++)
            _masks[i] = positions[i].ReferenceMask;
        foreach (var (position, mask) in defining)
        {
            _masks[position] = mask;
            if (!BitOperations.IsPow2(mask))
                (_ambiguous ??= []).Add(position);
        }

        Defining = haplotype.IsReference
            ? [.. Enumerable.Range(0, positions.Count)]
            : [.. defining.Select(d => d.Position)];
    }

    public Haplotype Haplotype { get; }

    /// <summary>Indices of the positions that the definition names; all of them for the reference allele.</summary>
    public int[] Defining { get; }

    /// <summary>Whether the definition names several bases at a position (an ambiguity code).</summary>
    public bool IsAmbiguousAt(int position) => _ambiguous is not null && _ambiguous.Contains(position);

    /// <summary>For every position of the gene, which bases the haplotype may carry there.</summary>
    public ReadOnlySpan<uint> Masks => _masks;
}
