using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>
/// Reads the genotype of one position as laboratories and chips report it: <c>C/T</c>, <c>C|T</c>, <c>CT</c>, <c>C</c>, <c>-/A</c>,
/// <c>del/ins</c>, <c>wt/del</c>, in letters of either strand.
/// </summary>
internal static class BasesReader
{
    private static readonly char[] Separators = ['/', '|', ';', ',', ' '];

    /// <summary>How the letters relate to the forward strand.</summary>
    public enum Strand
    {
        /// <summary>Forward, as the definitions have it.</summary>
        Forward,

        /// <summary>The other strand; the bases were complemented.</summary>
        Complement,

        /// <summary>Taken as forward, but the letters fit either strand.</summary>
        Undecidable,
    }

    /// <param name="Call">The codes; not called when the text says that nothing was found.</param>
    /// <param name="Strand">How the letters relate to the forward strand.</param>
    public readonly record struct Reading(PositionCall Call, Strand Strand);

    /// <summary>Reads a genotype.</summary>
    /// <param name="position">The position.</param>
    /// <param name="text">The genotype as written.</param>
    /// <returns>The codes; null when the text names bases that cannot stand at the position, on either strand.</returns>
    public static Reading? Read(VariantPosition position, string text)
    {
        var span = text.AsSpan().Trim();
        if (IsNoCall(span))
            return new Reading(default, Strand.Forward);

        var phased = span.Contains('|');
        if (Split(position, span) is not var (first, second))
            return null;

        if (Codes(position, first, second, complement: false) is var (a, b))
            return new Reading(Call(a, b, second is null, phased), IsUndecidable(position, a, b) ? Strand.Undecidable : Strand.Forward);

        // On a palindromic variant letters of the other strand are letters of this one, so a complement proves nothing.
        return !HasPalindrome(position) && Codes(position, first, second, complement: true) is var (c, d)
            ? new Reading(Call(c, d, second is null, phased), Strand.Complement)
            : null;
    }

    private static PositionCall Call(int first, int second, bool single, bool phased) =>
        new(true, first, second, single, phased ? PositionCall.WholeSample : PositionCall.Unphased);

    private static bool IsNoCall(ReadOnlySpan<char> text) =>
        text is "./." or "." or "--" or "-/-" or "NN" or "N/N"
        || text.Equals("no call", StringComparison.OrdinalIgnoreCase)
        || text.Equals("not called", StringComparison.OrdinalIgnoreCase)
        || text.Equals("not tested", StringComparison.OrdinalIgnoreCase);

    private static (string First, string? Second)? Split(VariantPosition position, ReadOnlySpan<char> text)
    {
        var separator = text.IndexOfAny(Separators);
        if (separator >= 0)
        {
            var left = text[..separator].Trim();
            var right = text[(separator + 1)..].Trim();
            return left.IsEmpty || right.IsEmpty || right.IndexOfAny(Separators) >= 0 ? null : (left.ToString(), right.ToString());
        }

        // "CT" is two single bases, unless the position itself knows "CT" as one allele.
        if (text.Length == 2 && position.CodeOf(text) < 0)
            return (text[..1].ToString(), text[1..].ToString());

        return text.IsEmpty ? null : (text.ToString(), null);
    }

    private static (int First, int Second)? Codes(VariantPosition position, string first, string? second, bool complement)
    {
        var a = CodeOf(position, first, complement);
        var b = second is null ? a : CodeOf(position, second, complement);
        return a is { } x && b is { } y ? (x, y) : null;
    }

    private static int? CodeOf(VariantPosition position, string text, bool complement)
    {
        if (!complement && position.Aliases is { } aliases && aliases.TryGetValue(text, out var bases))
            return position.CodeOf(bases);
        if (IndelCodeOf(position, text, complement) is { } indel)
            return indel;

        var code = position.CodeOf(complement ? Complement(text) : text);
        return code >= 0 ? code : null;
    }

    /// <summary>
    /// Names for the alleles of an insertion or deletion: <c>del</c>, <c>-</c> or <c>D</c> for the shorter one, <c>ins</c>, <c>I</c> or the
    /// bases themselves for the longer one; <c>wt</c> and <c>ref</c> for the reference.
    /// </summary>
    private static int? IndelCodeOf(VariantPosition position, string text, bool complement)
    {
        if (text.Equals("wt", StringComparison.OrdinalIgnoreCase) || text.Equals("ref", StringComparison.OrdinalIgnoreCase))
            return 0;
        if (position.Bases.Count != 2 || position.Bases[0].Length == position.Bases[1].Length)
            return null;

        var shorter = position.Bases[0].Length < position.Bases[1].Length ? 0 : 1;
        if (text is "-" or "D" or "d" || text.StartsWith("del", StringComparison.OrdinalIgnoreCase))
            return shorter;
        if (text is "I" or "i"
            || text.StartsWith("ins", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("dup", StringComparison.OrdinalIgnoreCase))
            return 1 - shorter;

        var changed = position.Bases[1 - shorter].AsSpan(position.Bases[shorter].Length);
        return changed.Equals(complement ? Complement(text) : text, StringComparison.OrdinalIgnoreCase) ? 1 - shorter : null;
    }

    /// <summary>Homozygous letters of a palindromic variant read the same from either strand.</summary>
    private static bool IsUndecidable(VariantPosition position, int first, int second) =>
        first == second && IsSingleBase(position, first) && position.CodeOf(Complement(position.Bases[first])) >= 0;

    private static bool HasPalindrome(VariantPosition position)
    {
        for (var i = 0; i < position.Bases.Count; i++)
        {
            if (IsSingleBase(position, i) && position.CodeOf(Complement(position.Bases[i])) >= 0)
                return true;
        }

        return false;
    }

    private static bool IsSingleBase(VariantPosition position, int code) => position.Bases[code].Length == 1;

    private static string Complement(string bases) => string.Create(bases.Length, bases, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = text[text.Length - 1 - i] switch
            {
                'A' or 'a' => 'T',
                'T' or 't' => 'A',
                'C' or 'c' => 'G',
                'G' or 'g' => 'C',
                var other => other,
            };
        }
    });
}
