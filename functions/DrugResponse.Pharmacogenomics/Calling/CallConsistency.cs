using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>Says whether variants contradict a diplotype that was given.</summary>
internal static class CallConsistency
{
    /// <summary>Whether no candidate diplotype can have the bases seen. Diplotypes without definitions contradict nothing.</summary>
    public static bool Contradicts(Gene gene, GeneResult result, ReadOnlySpan<PositionCall> calls)
    {
        var judged = false;
        foreach (var candidate in result.Candidates)
        {
            if (Masks(gene, candidate.Diplotype.First) is not { } first || Masks(gene, candidate.Diplotype.Second) is not { } second)
                return false;

            judged = true;
            if (Explains(first, second, calls))
                return false;
        }

        return judged && result.Alleles.Count == 0;
    }

    private static bool Explains(uint[] first, uint[] second, ReadOnlySpan<PositionCall> calls)
    {
        for (var i = 0; i < calls.Length; i++)
        {
            var call = calls[i];
            if (!call.IsCalled || call.IsUndocumented)
                continue;

            var (x, y) = (1u << call.First, 1u << call.Second);
            if (((first[i] & x) == 0 || (second[i] & y) == 0) && ((first[i] & y) == 0 || (second[i] & x) == 0))
                return false;
        }

        return true;
    }

    /// <summary>The bases that a haplotype may carry, one mask for each position; null when it has no definition.</summary>
    private static uint[]? Masks(Gene gene, Haplotype? haplotype)
    {
        if (haplotype is null)
            return null;

        uint[]? masks = null;
        foreach (var component in haplotype.Components)
        {
            var definition = gene.Definitions.FirstOrDefault(d => d.Haplotype.Name == component.Name);
            if (definition is null || (gene.HasCopyNumbers && component.Copies != CopyNumber.One))
                return null;

            masks ??= [.. definition.Masks];
            foreach (var position in definition.Haplotype.IsReference ? [] : definition.Defining)
                masks[position] = definition.Masks[position];
        }

        return gene.HasCopyNumbers && haplotype.Components.Count > 1 ? null : masks;
    }
}
