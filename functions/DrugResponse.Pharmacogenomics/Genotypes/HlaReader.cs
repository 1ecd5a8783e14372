using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// Reads what a record says about an HLA gene: the presence of one allele (<c>*57:01 positive</c>, <c>B*57:01 not detected</c>) or a typing
/// of both copies (<c>*57:01/*44:02</c>), which says present or absent for every allele that a guideline names.
/// </summary>
internal static class HlaReader
{
    private static readonly string[] Negative =
        ["negative", "neg", "absent", "not detected", "not present", "no copy", "non-carrier", "noncarrier", "(-)", "-"];

    private static readonly string[] Positive =
        ["positive", "pos", "present", "detected", "carrier", "heterozygous", "homozygous", "at least one copy", "(+)", "+"];

    /// <summary>Reads one text.</summary>
    /// <param name="gene">An HLA gene.</param>
    /// <param name="text">The text.</param>
    /// <returns>The statuses that follow; null when the text is not understood.</returns>
    public static (IReadOnlyList<AlleleStatus> Statuses, string Note)? Read(Gene gene, string text)
    {
        var span = text.AsSpan().Trim();
        var separator = span.IndexOf('/');
        if (separator > 0)
            return ReadTyping(gene, span[..separator], span[(separator + 1)..]);

        // "not detected" ends in "detected": the negatives come first.
        if (Without(span, Negative) is { } absent)
            return ReadStatus(gene, absent, present: false);
        if (Without(span, Positive) is { } present)
            return ReadStatus(gene, present, present: true);

        return ReadStatus(gene, text, present: true) is var (statuses, _) ? (statuses, WarningCodes.PresenceAssumed) : null;
    }

    private static (IReadOnlyList<AlleleStatus>, string)? ReadTyping(Gene gene, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (HlaAllele.Read(gene.Symbol.Value, left) is not { } first || HlaAllele.Read(gene.Symbol.Value, right) is not { } second)
            return null;

        List<AlleleStatus> statuses = [];
        var note = "";
        foreach (var named in gene.Haplotypes)
        {
            var allele = HlaAllele.Read(gene.Symbol.Value, named.Name)!.Value;
            var (one, other) = (first.Is(allele), second.Is(allele));
            bool? present = one == true || other == true ? true : one == false && other == false ? false : null;
            note = present is null ? WarningCodes.LowResolution : note;
            statuses.Add(new AlleleStatus(named.Name, present));
        }

        return (statuses, note);
    }

    private static (IReadOnlyList<AlleleStatus>, string)? ReadStatus(Gene gene, string text, bool present)
    {
        if (HlaAllele.Read(gene.Symbol.Value, text) is not { } given)
            return null;

        List<AlleleStatus> statuses = [];
        var note = "";
        foreach (var named in gene.Haplotypes)
        {
            switch (given.Is(HlaAllele.Read(gene.Symbol.Value, named.Name)!.Value), present)
            {
                case (true, _):
                    statuses.Add(new AlleleStatus(named.Name, present));
                    break;
                case (null, false) when given.SecondField is null:
                    // Without the whole group there is none of its alleles either.
                    statuses.Add(new AlleleStatus(named.Name, false));
                    break;
                case (null, _):
                    statuses.Add(new AlleleStatus(named.Name, null));
                    note = WarningCodes.LowResolution;
                    break;
                default:
                    break;
            }
        }

        return (statuses, note);
    }

    private static string? Without(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Length > word.Length && text.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                return text[..^word.Length].TrimEnd().TrimEnd(':').TrimEnd('=').Trim().ToString();
        }

        return null;
    }
}
