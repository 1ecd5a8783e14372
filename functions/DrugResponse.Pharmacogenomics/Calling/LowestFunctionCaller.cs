using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>
/// Calls genes whose variants are listed one by one (DPYD, RYR1): with known phase the variants of each strand; otherwise every variant
/// found, twice when homozygous. With at most one heterozygous position the phase is known in effect.
/// </summary>
internal static class LowestFunctionCaller
{
    /// <param name="gene">A gene with the lowest-function trait.</param>
    /// <param name="calls">One call for each of the gene's positions.</param>
    /// <returns>One match with the strands, or the variants found and the pair that decides.</returns>
    public static CallingOutcome Call(Gene gene, ReadOnlySpan<PositionCall> calls)
    {
        List<Haplotype> first = [], second = [];
        List<(string, string)> notes = [];
        var phased = IsPhased(calls);
        var positions = 0;
        for (var i = 0; i < calls.Length; i++)
        {
            if (!calls[i].IsCalled)
                continue;

            positions++;
            if (HapB3.Concerns(gene, i))
                continue;

            if (VariantAt(gene, i, calls[i].First) is { } a)
                first.Add(a);
            if (VariantAt(gene, i, calls[i].Second) is { } b)
                second.Add(b);
        }

        HapB3.Add(gene, calls, phased, first, second, notes);
        List<Haplotype> found = [.. first.Concat(second).Order()];
        if (gene.Ploidy == Ploidy.Mitochondrial)
        {
            // A variant of a part of the mitochondria (heteroplasmy) counts as present.
            var strand = LowestFunction.Strand(gene, found);
            return new CallingOutcome { Matches = [new AlleleMatch(new Diplotype(strand, null), positions, 0)], Notes = notes };
        }

        var known = phased || found.Count <= 1;
        var pair = known
            ? new Diplotype(LowestFunction.Strand(gene, first), LowestFunction.Strand(gene, second))
            : LowestFunction.Pair(gene, found);
        return new CallingOutcome { Matches = [new AlleleMatch(pair, positions, 0)], Alleles = known ? [] : found, Notes = notes };
    }

    /// <summary>Whether the strands are known: all heterozygous positions in one phase set, or at most one of them.</summary>
    public static bool IsPhased(ReadOnlySpan<PositionCall> calls)
    {
        var heterozygous = 0;
        int? set = null;
        foreach (var call in calls)
        {
            if (!call.IsHeterozygous)
                continue;

            heterozygous++;
            if (call.PhaseSet == PositionCall.Unphased || (set ??= call.PhaseSet) != call.PhaseSet)
                set = PositionCall.Unphased;
        }

        return heterozygous <= 1 || set != PositionCall.Unphased;
    }

    /// <summary>The variant that these bases define by themselves.</summary>
    private static Haplotype? VariantAt(Gene gene, int position, int code)
    {
        if (code == 0)
            return null;

        foreach (var definition in gene.Definitions)
        {
            if (definition.Defining is [var only] && only == position && (definition.Masks[position] & (1u << code)) != 0
                && !definition.Haplotype.IsReference)
                return definition.Haplotype;
        }

        return null;
    }
}
