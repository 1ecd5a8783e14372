using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// Reads one haplotype, among them several variants of one strand (<c>[a + b]</c>) for genes that list variants one by one.
/// </summary>
internal static class HaplotypeParser
{
    private const int MaxVariantsPerStrand = 64;

    /// <param name="gene">The gene.</param>
    /// <param name="text">The name as written.</param>
    /// <param name="note">Empty, or the code of the warning that the way of writing deserves.</param>
    /// <returns>The haplotype, or null when the gene has none of that name.</returns>
    public static Haplotype? Read(Gene gene, ReadOnlySpan<char> text, out string note)
    {
        text = text.Trim();
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
            text = text[1..^1].Trim();
        if (gene.Names.Find(text, out note) is { } haplotype)
            return haplotype;

        return gene.Traits.LowestFunction && text.Contains('+') ? ReadStrand(gene, text, out note) : null;
    }

    private static Haplotype? ReadStrand(Gene gene, ReadOnlySpan<char> text, out string note)
    {
        note = "";
        List<Haplotype> variants = [];
        foreach (var range in text.Split(" + "))
        {
            var variant = gene.Names.Find(text[range], out var variantNote);
            if (variant is null || variants.Count == MaxVariantsPerStrand)
                return null;

            note = note.Length > 0 ? note : variantNote;
            variants.Add(variant);
        }

        return LowestFunction.Strand(gene, variants);
    }
}
