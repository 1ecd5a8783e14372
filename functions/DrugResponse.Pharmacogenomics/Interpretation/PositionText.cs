using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Recognises a diplotype entry that is really the genotype of one position.</summary>
internal static class PositionText
{
    private const int MaxRsIdDigits = 12;

    public static bool IsRsId(ReadOnlySpan<char> text) =>
        text.Length is > 2 and <= MaxRsIdDigits + 2
        && text.StartsWith("rs", StringComparison.OrdinalIgnoreCase)
        && !text[2..].ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// Reads <c>rs9923231 C/T</c>, <c>rs9923231: CT</c>, and for a gene with one position also <c>-1639 G/A</c> or <c>C/T</c>.
    /// </summary>
    /// <returns>The position, its bases, and whether the name says that they are on the coding strand; null for anything else.</returns>
    public static (VariantPosition Position, string Bases, bool IsCodingStrand)? Read(Gene gene, string text)
    {
        var span = text.AsSpan().Trim();
        var end = span.IndexOfAny(" :=\t");
        if (end > 0 && IsRsId(span[..end]))
        {
            var bases = span[end..].TrimStart(" :=\t").Trim();
            foreach (var position in gene.Positions)
            {
                if (span[..end].Equals(position.RsId, StringComparison.OrdinalIgnoreCase))
                    return bases.IsEmpty ? null : (position, bases.ToString(), false);
            }

            return null;
        }

        if (gene.Positions.Count != 1)
            return null;

        // "-1639G>A A/G" and "c.421C>A C/A": what comes before the last blank names the variant on the coding strand.
        var named = span.LastIndexOf(' ');
        var genotype = named < 0 ? span : span[(named + 1)..];
        var isNamed = named > 0 && (span[0] == '-' || span.StartsWith("c.", StringComparison.OrdinalIgnoreCase));
        return (named < 0 || isNamed) && genotype.Length is >= 2 and <= 3 ? (gene.Positions[0], genotype.ToString(), isNamed) : null;
    }
}
