using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>
/// Orders the matches of a panel that typed single variants. Most positions are missing then, and an allele with two defining positions
/// matches by one of them just as well as the allele that has only that one; the latter is the likelier, and the other is reported among
/// the alleles that cannot be excluded.
/// </summary>
internal static class PanelPreference
{
    /// <param name="gene">The gene.</param>
    /// <param name="matches">All matches, best score first.</param>
    /// <param name="calls">One call for each of the gene's positions.</param>
    /// <returns>The matches with the fewest positions that were not typed, best score first.</returns>
    public static List<AlleleMatch> Apply(Gene gene, List<AlleleMatch> matches, ReadOnlySpan<PositionCall> calls)
    {
        if (matches.Count == 0)
            return matches;

        var fewest = matches.Min(m => m.Untyped);
        List<AlleleMatch> preferred = [.. matches.Where(m => m.Untyped == fewest)];
        if (!ReferenceIsUnlikely(gene, calls))
            return preferred;

        List<AlleleMatch> usual = [.. preferred.Where(m => !HasReference(m.Diplotype))];
        return usual.Count > 0 ? usual : preferred;
    }

    /// <summary>
    /// CYP2C19: the definition's reference is the rare *38. A panel that does not type the position which tells it from *1 calls the
    /// unchanged strand *1. Both have normal function.
    /// </summary>
    private static bool ReferenceIsUnlikely(Gene gene, ReadOnlySpan<PositionCall> calls)
    {
        foreach (var exemption in gene.Exemptions)
        {
            if (exemption.Kind != CallingExemption.PanelReference)
                continue;

            foreach (var position in gene.Positions)
            {
                if (position.RsId == exemption.Detail)
                    return !calls[position.Index].IsCalled;
            }
        }

        return false;
    }

    private static bool HasReference(Diplotype diplotype) => diplotype.First.IsReference || diplotype.Second is { IsReference: true };
}
