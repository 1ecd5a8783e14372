using System.Numerics;
using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Which bases at which positions make a haplotype.</summary>
internal sealed class AlleleDefinition
{
    private readonly uint[] _masks;
    private readonly bool[]? _ambiguous;

    /// <param name="haplotype">The haplotype that is defined.</param>
    /// <param name="defining">The index of each defining position; none for the reference, which is defined at all of them.</param>
    /// <param name="bases">For each defining position the bit mask of the bases that the haplotype may have there.</param>
    /// <param name="positions">All positions of the gene.</param>
    public AlleleDefinition(Haplotype haplotype, int[] defining, uint[] bases, IReadOnlyList<VariantPosition> positions)
    {
        Haplotype = haplotype;
        _masks = new uint[positions.Count];
        for (var i = 0; i < _masks.Length; i++)
            _masks[i] = positions[i].ReferenceMask;
        for (var i = 0; i < defining.Length; i++)
        {
            _masks[defining[i]] = bases[i];
            if (!BitOperations.IsPow2(bases[i]))
                (_ambiguous ??= new bool[_masks.Length])[defining[i]] = true;
        }

        Defining = haplotype.IsReference ? AllOf(positions.Count) : defining;
    }

    public Haplotype Haplotype { get; }

    /// <summary>Indices of the positions that the definition names; all of them for the reference allele.</summary>
    public int[] Defining { get; }

    /// <summary>Whether the definition names several bases at a position (an ambiguity code).</summary>
    public bool IsAmbiguousAt(int position) => _ambiguous is not null && _ambiguous[position];

    /// <summary>For every position of the gene, which bases the haplotype may carry there.</summary>
    public ReadOnlySpan<uint> Masks => _masks;

    private static int[] AllOf(int count)
    {
        var all = new int[count];
        for (var i = 0; i < count; i++)
            all[i] = i;
        return all;
    }
}
