using System.Diagnostics.CodeAnalysis;

namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// An HGNC gene symbol such as <c>CYP2C9</c> or <c>HLA-B</c>: two to sixteen letters, digits and hyphens, beginning with a letter.
/// </summary>
/// <remarks>
/// A value says that the text has the form of a symbol, not that the gene is known; <see cref="Knowledge.KnowledgeBase.FindGene(string)"/>
/// says that. Compared by the ordinal text. Immutable and safe to share between threads.
/// </remarks>
public sealed record GeneSymbol : IComparable<GeneSymbol>
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 2;

    /// <summary>Most characters.</summary>
    public const int MaxLength = 16;

    private GeneSymbol(string value) => Value = value;

    /// <summary>The symbol as the CPIC gene list spells it, for example <c>CYP2C9</c>.</summary>
    public string Value { get; }

    /// <summary>Reads a symbol; surrounding white space is ignored, letter case is kept.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="symbol">The symbol, or null when the text has not the form of one.</param>
    /// <returns>Whether the text has the form of a gene symbol.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GeneSymbol? symbol)
    {
        symbol = null;
        if (text is null)
            return false;

        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < MinLength or > MaxLength || !char.IsAsciiLetter(trimmed[0]))
            return false;

        foreach (var c in trimmed)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return false;
        }

        symbol = new GeneSymbol(trimmed.Length == text.Length ? text : trimmed.ToString());
        return true;
    }

    /// <summary>Reads a symbol that is known to be well formed.</summary>
    /// <param name="text">The symbol.</param>
    /// <returns>The symbol.</returns>
    /// <exception cref="FormatException">The text has not the form of a gene symbol.</exception>
    public static GeneSymbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new FormatException("Not a gene symbol.");

    /// <summary>Orders symbols by their ordinal text.</summary>
    /// <param name="other">The symbol to compare with.</param>
    /// <returns>Negative, zero or positive, as for any comparison.</returns>
    public int CompareTo(GeneSymbol? other) => string.CompareOrdinal(Value, other?.Value);

    /// <summary>Whether the left symbol is ordered before the right one.</summary>
    public static bool operator <(GeneSymbol left, GeneSymbol right) => string.CompareOrdinal(left?.Value, right?.Value) < 0;

    /// <summary>Whether the left symbol is ordered after the right one.</summary>
    public static bool operator >(GeneSymbol left, GeneSymbol right) => right < left;

    /// <summary>Whether the left symbol is not ordered after the right one.</summary>
    public static bool operator <=(GeneSymbol left, GeneSymbol right) => !(right < left);

    /// <summary>Whether the left symbol is not ordered before the right one.</summary>
    public static bool operator >=(GeneSymbol left, GeneSymbol right) => !(left < right);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
