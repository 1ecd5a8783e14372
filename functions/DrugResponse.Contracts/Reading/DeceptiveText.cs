using System.Globalization;
using System.Text;

namespace DrugResponse.Contracts.Reading;

/// <summary>
/// Finds characters by which a name shows as another than it is, or breaks the line it stands in: control characters, line and paragraph
/// separators, format characters (changes of text direction, zero-width ones, tags), private ones and halves of a surrogate pair; in terms
/// of Unicode the general categories Cc, Zl, Zp, Cf, Co and Cs. Thread-safe.
/// </summary>
/// <remarks>
/// The zero-width joiner and non-joiner (U+200D, U+200C) are spelling in Arabic, Persian and the scripts of South and South-East Asia, and
/// invisible everywhere else. So one of them may stand right behind a letter or mark from U+0600 to U+1CFF, and nowhere else; sequences of
/// emoji are refused with it.
/// </remarks>
public static class DeceptiveText
{
    /// <summary>Whether a text holds such a character.</summary>
    /// <param name="text">The text.</param>
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Nearly all names are of these, and a cohort has millions.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return false;

        var before = default(Rune);
        for (var i = 0; i < text.Length; i += before.Utf16SequenceLength)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || (IsOfSuchACategory(rune) && !(IsJoiner(rune) && TakesJoiners(before))))
                return true;
            before = rune;
        }

        return false;
    }

    private static bool IsOfSuchACategory(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;

    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool TakesJoiners(Rune rune) => rune.Value is >= 0x0600 and <= 0x1CFF
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
