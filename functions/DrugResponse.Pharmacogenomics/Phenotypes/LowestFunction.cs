using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Phenotypes;

/// <summary>
/// The rule for genes whose variants are listed one by one (DPYD, RYR1): of several variants on a strand the one with the lowest function
/// decides; of several of unknown phase the two with the lowest function do, as if on different strands.
/// </summary>
/// <remarks>
/// Source: CPIC guideline for fluoropyrimidines and DPYD, PMID 29152729; applied to RYR1 with malignant hyperthermia first.
/// </remarks>
internal static class LowestFunction
{
    /// <summary>Functions without a value, gravest first; any other term counts as normal.</summary>
    private static readonly string[] GraveTerms = 
    [
        "Malignant Hyperthermia associated",
        "Increased risk of aminoglycoside-induced hearing loss",
        "Uncertain risk of aminoglycoside-induced hearing loss",
        "No function",
        "Decreased function",
        "Uncertain function",
    ];

    /// <summary>The variants of one strand as one haplotype; the reference when there are none.</summary>
    public static Haplotype Strand(Gene gene, IEnumerable<Haplotype> variants)
    {
        Haplotype[] carried = [.. variants.Where(v => !v.IsReference).Distinct().Order()];
        if (carried.Length == 0)
            return gene.Reference!;
        if (carried.Length == 1)
            return carried[0];

        var lowest = Order(carried).First();
        return new Haplotype(
            gene.Symbol,
            $"[{string.Join(" + ", carried.Select(v => v.Name))}]",
            [.. carried.SelectMany(v => v.Components)],
            lowest.Function,
            lowest.Activity,
            HaplotypeDerivation.LowestFunction,
            -1);
    }

    /// <summary>
    /// The pair that decides when the phase is not known, filled up with the reference; one haplotype for the mitochondrial gene.
    /// </summary>
    public static Diplotype Pair(Gene gene, IReadOnlyCollection<Haplotype> variants)
    {
        if (gene.Ploidy == Ploidy.Mitochondrial)
            return new Diplotype(Strand(gene, variants), null);

        Haplotype[] gravest = [.. Order(variants).Take(2)];
        return new Diplotype(
            gravest.Length > 0 ? gravest[0] : gene.Reference!,
            gravest.Length > 1 ? gravest[1] : gene.Reference!);
    }

    private static IOrderedEnumerable<Haplotype> Order(IEnumerable<Haplotype> variants) =>
        variants.OrderBy(Gravity).ThenBy(v => v);

    /// <summary>
    /// Lower is graver: the activity value where there is one, else the place of the term. An unknown value comes after 0.5.
    /// </summary>
    private static decimal Gravity(Haplotype haplotype)
    {
        if (haplotype.Activity is { } activity)
            return activity.IsMissing ? 0.75m : activity.Value;

        var place = Array.IndexOf(GraveTerms, haplotype.Function.Term);
        return place < 0 ? GraveTerms.Length : place;
    }
}
