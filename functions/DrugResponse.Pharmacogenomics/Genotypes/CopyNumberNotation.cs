using System.Globalization;

namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// Reads the copy number at the end of a star allele's name: <c>*1x2</c>, <c>*2X3</c>, <c>*2x≥3</c>, <c>*2x&gt;=3</c>, <c>*2≥3</c>, and
/// <c>*2xN</c> or <c>*2dup</c> for a duplication whose copies were not counted (at least two).
/// </summary>
internal static class CopyNumberNotation
{
    private const int CopiesOfUncountedDuplication = 2;

    /// <param name="text">The name with its suffix; letter case is ignored.</param>
    /// <param name="name">The name without the suffix.</param>
    /// <param name="copies">The copies.</param>
    /// <returns>Whether there is a well-formed suffix.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> name, out CopyNumber copies)
    {
        copies = CopyNumber.One;
        if (text.EndsWith("xn", StringComparison.OrdinalIgnoreCase) || text.EndsWith("dup", StringComparison.OrdinalIgnoreCase))
        {
            name = text[..^(text[^1] is 'p' or 'P' ? 3 : 2)];
            copies = new CopyNumber(CopiesOfUncountedDuplication, AtLeast: true);
            return !name.IsEmpty;
        }

        var digits = text.Length;
        while (digits > 0 && char.IsAsciiDigit(text[digits - 1]))
            digits--;

        name = text[..digits];
        var atLeast = true;
        if (name.EndsWith("≥"))
            name = name[..^1];
        else if (name.EndsWith(">="))
            name = name[..^2];
        else
            atLeast = false;

        var marked = name.EndsWith("x", StringComparison.OrdinalIgnoreCase);
        if (marked)
            name = name[..^1];

        if ((!marked && !atLeast) || name.IsEmpty
            || !int.TryParse(text[digits..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > CopyNumber.Max)
            return false;

        copies = new CopyNumber(count, atLeast);
        return true;
    }
}
