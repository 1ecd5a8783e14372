using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>Translates the alleles of a VCF record into the codes of a defining position.</summary>
internal static class VcfAlleles
{
    /// <summary>The record's REF is not the reference of the definition, so its alleles mean something else.</summary>
    public const int NotComparable = -2;

    /// <summary>Translates one allele of a record.</summary>
    /// <param name="position">The defining position.</param>
    /// <param name="record">The record.</param>
    /// <param name="allele">The number in the genotype: 0 for REF, 1 for the first of ALT and so on.</param>
    /// <returns>
    /// A code of the position; <see cref="PositionCall.Undocumented"/> for bases that no definition knows, <see cref="NotComparable"/> for
    /// a record of another REF or without such an allele.
    /// </returns>
    /// <remarks>
    /// A record may write fewer bases than the definition (<c>C</c> to <c>CAT</c> where it has <c>CAT</c> to <c>CATAT</c>): the bases
    /// missing at the end are added to both.
    /// </remarks>
    public static int CodeOf(VariantPosition position, scoped in VcfColumns record, int allele)
    {
        var expected = position.Ref.AsSpan();
        if (expected.Equals(record.Ref, StringComparison.OrdinalIgnoreCase))
            return allele == 0 ? 0 : AltCode(position, record.Alt, allele, default);

        var isShorter = record.Ref.Length < expected.Length && expected.StartsWith(record.Ref, StringComparison.OrdinalIgnoreCase);
        if (!isShorter || record.Alt is "." or "")
            return NotComparable;

        return allele == 0 ? 0 : AltCode(position, record.Alt, allele, expected[record.Ref.Length..]);
    }

    private static int AltCode(VariantPosition position, ReadOnlySpan<char> alts, int allele, ReadOnlySpan<char> suffix)
    {
        var number = 0;
        foreach (var range in alts.Split(','))
        {
            if (++number != allele)
                continue;

            var alt = alts[range];
            if (alt.IsEmpty || alt[0] is '<' or '*' or '.' || alt.ContainsAny('[', ']'))
                return PositionCall.Undocumented;

            return position.CodeOf(suffix.IsEmpty ? alt : string.Concat(alt, suffix));
        }

        return NotComparable;
    }
}
