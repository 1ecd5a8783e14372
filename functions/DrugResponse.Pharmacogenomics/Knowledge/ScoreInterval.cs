using System.Globalization;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A range of activity scores, closed or open at either end.</summary>
/// <param name="Min">The lower end.</param>
/// <param name="MinIncluded">Whether the lower end belongs to the range.</param>
/// <param name="Max">The upper end; null for no limit.</param>
/// <param name="MaxIncluded">Whether the upper end belongs to the range.</param>
public sealed record ScoreInterval(decimal Min, bool MinIncluded, decimal? Max, bool MaxIncluded)
{
    /// <summary>Whether the range holds a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it lies in the range.</returns>
    public bool Contains(decimal value) =>
        (MinIncluded ? value >= Min : value > Min) && (Max is not { } max || (MaxIncluded ? value <= max : value < max));

    /// <summary>The usual notation: <c>[0,0.5]</c>, <c>(0,1.25)</c>, <c>[2.5,]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(MinIncluded ? '[' : '(')}{Min},{Max}{(MaxIncluded ? ']' : ')')}");

    internal static ScoreInterval Parse(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        var upper = text[(comma + 1)..^1];
        return new ScoreInterval(
            decimal.Parse(text[1..comma], CultureInfo.InvariantCulture),
            text[0] == '[',
            upper.IsEmpty ? null : decimal.Parse(upper, CultureInfo.InvariantCulture),
            text[^1] == ']');
    }
}
