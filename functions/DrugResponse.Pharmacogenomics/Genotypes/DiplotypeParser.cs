using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// Reads a diplotype as laboratories write it: two haplotypes with <c>/</c> (or <c>|</c>) between, each with or without the gene's symbol;
/// one haplotype where a person has one copy; <c>X (heterozygous)</c> and <c>X (homozygous)</c>; several variants of one strand as
/// <c>[a + b]</c>; and <c>(*1/*2)xN</c> for a duplication of an unknown one of the two.
/// </summary>
public static class DiplotypeParser
{
    private static readonly string[] HeterozygousMarks = ["(heterozygous)", "heterozygous", "(het)"];
    private static readonly string[] HomozygousMarks = ["(homozygous)", "homozygous", "(hom)"];

    /// <summary>Reads a diplotype.</summary>
    /// <param name="gene">The gene that the text is about.</param>
    /// <param name="text">The text.</param>
    /// <returns>The diplotypes that the text may mean, usually one, or why it cannot be understood.</returns>
    public static DiplotypeReading Parse(Gene gene, string text)
    {
        ArgumentNullException.ThrowIfNull(gene);
        ArgumentNullException.ThrowIfNull(text);

        var span = text.AsSpan().Trim();
        if (span.IsEmpty)
            return DiplotypeReading.Failed("is empty");
        if (gene.HasCopyNumbers && span[0] == '(' && TryReadSharedCopies(gene, span) is { } shared)
            return shared;
        if (span[^1] is ')' or 's' or 'S')
        {
            if (Marked(span, HeterozygousMarks) is var het && het.Length != span.Length)
                return ReadPair(gene, het, ReferenceName(gene));
            if (Marked(span, HomozygousMarks) is var hom && hom.Length != span.Length)
                return ReadPair(gene, hom, hom);
        }

        var separator = IndexOfSeparator(span, 0);
        if (separator < 0)
            return ReadSingle(gene, span);
        if (IndexOfSeparator(span, separator + 1) >= 0)
            return DiplotypeReading.Failed("names more than two alleles");

        return ReadPair(gene, span[..separator], span[(separator + 1)..]);
    }

    private static DiplotypeReading ReadPair(Gene gene, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var first = HaplotypeParser.Read(gene, left, out var firstNote);
        var second = HaplotypeParser.Read(gene, right, out var secondNote);
        if (first is null || second is null)
            return DiplotypeReading.Unknown(second is not null ? "first allele" : first is not null ? "second allele" : "alleles");

        var note = firstNote.Length > 0 ? firstNote : secondNote;
        if (gene.Ploidy != Ploidy.Mitochondrial)
            return DiplotypeReading.Of(new Diplotype(first, second), note);

        return first.Equals(second)
            ? DiplotypeReading.Of(new Diplotype(first, null), note)
            : DiplotypeReading.Failed("names two alleles of a gene that has one kind of copy");
    }

    private static DiplotypeReading ReadSingle(Gene gene, ReadOnlySpan<char> text)
    {
        if (HaplotypeParser.Read(gene, text, out var note) is not { } haplotype)
            return DiplotypeReading.Unknown("allele");

        return gene.Ploidy == Ploidy.Diploid
            ? DiplotypeReading.SingleAllele(haplotype, note)
            : DiplotypeReading.Of(new Diplotype(haplotype, null), note);
    }

    /// <summary><c>(*1/*2)xN</c>: one of the two is duplicated, it is not known which.</summary>
    private static DiplotypeReading? TryReadSharedCopies(Gene gene, ReadOnlySpan<char> text)
    {
        var close = text.IndexOf(')');
        var inner = close > 0 ? text[1..close] : default;
        var separator = inner.IndexOf('/');
        if (separator < 0 || !CopyNumberNotation.TryRead(string.Concat("*", text[(close + 1)..].Trim()), out _, out var copies))
            return null;

        var (left, right) = (inner[..separator].Trim().ToString(), inner[(separator + 1)..].Trim().ToString());
        var one = ReadPair(gene, left + copies, right);
        var other = ReadPair(gene, left, right + copies);
        return one.Fault is not null ? one
            : other.Fault is not null ? other
            : new DiplotypeReading { Diplotypes = [.. one.Diplotypes.Concat(other.Diplotypes).Distinct()], Note = one.Note };
    }

    private static string ReferenceName(Gene gene) => gene.FindHaplotype("*1")?.Name ?? gene.Reference?.Name ?? "";

    private static ReadOnlySpan<char> Marked(ReadOnlySpan<char> text, string[] marks)
    {
        foreach (var mark in marks)
        {
            if (text.Length > mark.Length && text.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
                return text[..^mark.Length].TrimEnd();
        }

        return text;
    }

    private static int IndexOfSeparator(ReadOnlySpan<char> text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[':
                    depth++;
                    break;
                case ']':
                    depth--;
                    break;
                case '/' or '|' when depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }
}
