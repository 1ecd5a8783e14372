using System.Buffers;
using System.Globalization;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Conversions from and to text, by the rules of the format.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Data/Data/Conversion.cs</c> and <c>src/Microsoft.ML.Core/Utilities/DoubleParser.cs</c>.</remarks>
internal static class TextConversion
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create("0123456789+-.eE");

    public static float ToSingle(string text) => TryTrim(text, out var number) switch
    {
        TextNumber.Zero => 0,
        TextNumber.Number when IsPlain(number) && float.TryParse(number, Real, CultureInfo.InvariantCulture, out var value) => value,
        TextNumber.Number => (float)Special(number),
        _ => float.NaN,
    };

    public static double ToDouble(string text) => TryTrim(text, out var number) switch
    {
        TextNumber.Zero => 0,
        TextNumber.Number when IsPlain(number) && double.TryParse(number, Real, CultureInfo.InvariantCulture, out var value) => value,
        TextNumber.Number => Special(number),
        _ => double.NaN,
    };

    /// <summary>Only ASCII digits count; anything else, and a number above the limit, gives 0.</summary>
    public static ulong ToUnsigned(string text, ulong limit) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= limit ? value : 0;

    /// <summary>ASCII digits with an optional minus; the empty text gives 0.</summary>
    /// <exception cref="ModelInputException">Anything else, or a number out of range.</exception>
    public static long ToSigned(string text, long lowest, long highest)
    {
        if (text.Length == 0)
            return 0;
        if (text[0] != '+' && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest)
            return value;

        throw new ModelInputException("A text that is to be converted to an integer is not one, or is out of range.");
    }

    public static bool ToBoolean(string text) => text.ToUpperInvariant() is "TRUE" or "T" or "YES" or "Y" or "1" or "+" or "+1";

    /// <summary>The text is the zero-based number of the key; anything else gives the missing key.</summary>
    public static ulong ToKey(string text, ulong cardinality) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < cardinality ? value + 1 : 0;

    public static string ToText(float value) => value.ToString("G7", CultureInfo.InvariantCulture);

    public static string ToText(double value) => value.ToString("G17", CultureInfo.InvariantCulture);

    /// <summary>
    /// White space may follow. White space in front makes the text unparsable, except before exactly one more character
    /// that is a digit or a question mark.
    /// </summary>
    private static TextNumber TryTrim(string text, out ReadOnlySpan<char> number)
    {
        number = text.AsSpan().TrimEnd();
        if (number.IsEmpty)
            return TextNumber.Zero;
        if (!char.IsWhiteSpace(number[0]))
            return TextNumber.Number;

        number = number.TrimStart();

        return number is [(>= '0' and <= '9') or '?'] ? TextNumber.Number : TextNumber.Unparsable;
    }

    private static bool IsPlain(ReadOnlySpan<char> number) => !number.ContainsAnyExcept(PlainCharacters);

    private static double Special(ReadOnlySpan<char> number)
    {
        var isNegative = number is ['-', ..];
        var name = number is ['-' or '+', ..] ? number[1..] : number;

        if (name is "Infinity" or "\u221E")
            return isNegative ? double.NegativeInfinity : double.PositiveInfinity;

        return double.NaN;
    }

    private enum TextNumber
    {
        Zero,
        Number,
        Unparsable,
    }
}
