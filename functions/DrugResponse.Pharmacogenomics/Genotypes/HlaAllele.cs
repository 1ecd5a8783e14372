namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>An HLA allele name read to two-field resolution: <c>*57:01:01:02</c> and <c>B*57:01</c> are <c>*57:01</c>.</summary>
/// <param name="FirstField">The allele group, such as <c>57</c>.</param>
/// <param name="SecondField">The protein, such as <c>01</c>; null when the typing stops at the group.</param>
/// <param name="IsExpressionAltered">Whether a suffix (N, L, S, Q, ...) says that the protein is not expressed as usual.</param>
internal readonly record struct HlaAllele(string FirstField, string? SecondField, bool IsExpressionAltered)
{
    private const string ExpressionSuffixes = "NLSCAQ";
    private const string GroupSuffixes = "GP";

    /// <summary>Reads an allele name with or without the gene.</summary>
    /// <param name="gene">The gene's symbol, such as <c>HLA-B</c>.</param>
    /// <param name="text">The name.</param>
    /// <returns>The allele; null when the text is no HLA allele name.</returns>
    public static HlaAllele? Read(string gene, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.StartsWith("HLA-", StringComparison.OrdinalIgnoreCase))
            text = text[4..];
        var locus = gene.AsSpan(4);
        if (text.StartsWith(locus, StringComparison.OrdinalIgnoreCase))
            text = text[locus.Length..].TrimStart();
        if (text.StartsWith("*"))
            text = text[1..];

        var altered = false;
        if (text.Length > 0 && char.IsAsciiLetter(text[^1]))
        {
            altered = ExpressionSuffixes.Contains(char.ToUpperInvariant(text[^1]));
            if (!altered && !GroupSuffixes.Contains(char.ToUpperInvariant(text[^1])))
                return null;
            text = text[..^1];
        }

        Span<Range> ranges = stackalloc Range[5];
        var fields = text.Split(ranges, ':');
        if (fields is < 1 or > 4)
            return null;
        for (var i = 0; i < fields; i++)
        {
            var field = text[ranges[i]];
            if (field.Length is < 2 or > 4 || field.ContainsAnyExceptInRange('0', '9'))
                return null;
        }

        return new HlaAllele(text[ranges[0]].ToString(), fields > 1 ? text[ranges[1]].ToString() : null, altered);
    }

    /// <summary>Whether this typing is the named allele: yes, no, or null when its resolution cannot tell.</summary>
    public bool? Is(HlaAllele named) =>
        FirstField != named.FirstField ? false
        : SecondField is null ? null
        : SecondField != named.SecondField ? false
        : IsExpressionAltered == named.IsExpressionAltered ? true : null;
}
