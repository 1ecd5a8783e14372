using System.Globalization;
using System.Text;

namespace DrugResponse.Contracts.Reading;

/// <summary>Builds JSON pointers (RFC 6901).</summary>
public static class JsonPointer
{
    private const int MaxTokenLength = 64;

    /// <summary>The pointer of a member of the object at <paramref name="parent"/>.</summary>
    /// <param name="parent">Pointer of the object.</param>
    /// <param name="name">
    /// Member name. Names too come from the caller: an overlong one is cut and marked, and control characters and other ends of lines
    /// stand as <c>\u</c> and their number, so that a pointer is always one line.
    /// </param>
    public static string Member(string parent, string name)
    {
        var token = name.Length > MaxTokenLength ? string.Concat(name.AsSpan(0, MaxTokenLength), "…") : name;
        return $"{parent}/{OnOneLine(token).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>The pointer of an element of the array at <paramref name="parent"/>.</summary>
    public static string Element(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}/{index}");

    private static string OnOneLine(string token)
    {
        // Nearly all names are of these, and every member of every row has one.
        if (!token.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return token;

        var text = new StringBuilder();
        foreach (var symbol in token)
        {
            if (EndsLine(symbol))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)symbol:x4}");
            else
                text.Append(symbol);
        }

        return text.ToString();
    }

    private static bool EndsLine(char symbol) => char.IsControl(symbol) || symbol is '\u2028' or '\u2029';
}
