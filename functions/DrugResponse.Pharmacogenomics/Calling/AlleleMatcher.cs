using System.Numerics;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>
/// Finds every pair of named alleles that explains the bases seen at a gene's positions. An allele has its own bases at the positions of its
/// definition and the reference allele's bases elsewhere; its score is the number of its defining positions that were called, and a pair's
/// score is the sum. (The matching rule published with PharmCAT, method "Named Allele Matcher".)
/// </summary>
/// <remarks>
/// Instead of writing out the strands that unphased positions allow, each pair of alleles is tested position by position: unphased, a
/// position may take either orientation by itself; the positions of one phase set must all take the same. Both give the same pairs.
/// </remarks>
internal static class AlleleMatcher
{
    /// <param name="gene">The gene.</param>
    /// <param name="calls">One call for each of the gene's positions; those not called are not looked at.</param>
    /// <returns>All matches, best score first, equal scores in canonical order.</returns>
    public static List<AlleleMatch> Match(Gene gene, ReadOnlySpan<PositionCall> calls)
    {
        var candidates = Candidates(gene, calls);
        var phaseSets = PhaseSets(calls);
        Span<byte> orientations = phaseSets.Count <= 64 ? stackalloc byte[phaseSets.Count] : new byte[phaseSets.Count];
        var singleCopy = IsSingleCopy(calls);

        List<AlleleMatch> matches = [];
        for (var i = 0; i < candidates.Count; i++)
        {
            if (singleCopy)
            {
                matches.Add(new AlleleMatch(new Diplotype(Reported(gene, candidates[i].Allele), null), candidates[i].Score, candidates[i].Untyped));
                continue;
            }

            for (var j = i; j < candidates.Count; j++)
            {
                if (Explains(candidates[i].Allele, candidates[j].Allele, calls, phaseSets, orientations))
                {
                    matches.Add(new AlleleMatch(
                        new Diplotype(Reported(gene, candidates[i].Allele), Reported(gene, candidates[j].Allele)),
                        candidates[i].Score + candidates[j].Score,
                        candidates[i].Untyped + candidates[j].Untyped));
                }
            }
        }

        return [.. matches
            .OrderByDescending(m => m.Score).ThenBy(m => m.Untyped).ThenBy(m => m.Diplotype.First).ThenBy(m => m.Diplotype.Second)
            .DistinctBy(m => m.Diplotype)];
    }

    public static bool IsSingleCopy(ReadOnlySpan<PositionCall> calls)
    {
        foreach (var call in calls)
        {
            if (call is { IsCalled: true, IsSingleCopy: true })
                return true;
        }

        return false;
    }

    /// <summary>Alleles that have at least one called position and fit one of the two copies everywhere.</summary>
    private static List<(AlleleDefinition Allele, int Score, int Untyped)> Candidates(Gene gene, ReadOnlySpan<PositionCall> calls)
    {
        List<(AlleleDefinition, int, int)> candidates = [];
        foreach (var allele in gene.Definitions)
        {
            var score = 0;
            foreach (var position in allele.Defining)
                score += calls[position].IsCalled ? 1 : 0;

            if (score > 0 && !gene.Traits.IgnoredAlleles.Contains(allele.Haplotype.Name) && Fits(allele, calls))
                candidates.Add((allele, score, allele.Defining.Length == calls.Length ? 0 : allele.Defining.Length - score));
        }

        return candidates;
    }

    /// <summary>Whether the allele has, at every called position, the bases of one of the two copies.</summary>
    public static bool Fits(AlleleDefinition allele, ReadOnlySpan<PositionCall> calls)
    {
        var masks = allele.Masks;
        for (var i = 0; i < calls.Length; i++)
        {
            if (calls[i].IsCalled && (masks[i] & (Bit(calls[i].First) | Bit(calls[i].Second))) == 0)
                return false;
        }

        return true;
    }

    private static bool Explains(
        AlleleDefinition first, AlleleDefinition second, ReadOnlySpan<PositionCall> calls, List<int> phaseSets, Span<byte> orientations)
    {
        const byte Either = 3;
        orientations.Fill(Either);
        var a = first.Masks;
        var b = second.Masks;
        for (var i = 0; i < calls.Length; i++)
        {
            var call = calls[i];
            if (!call.IsCalled)
                continue;

            var (x, y) = (Bit(call.First), Bit(call.Second));
            var possible = (byte)(((a[i] & x) != 0 && (b[i] & y) != 0 ? 1 : 0) | ((a[i] & y) != 0 && (b[i] & x) != 0 ? 2 : 0));
            if (call.PhaseSet != PositionCall.Unphased)
                possible = orientations[phaseSets.IndexOf(call.PhaseSet)] &= possible;
            if (possible == 0)
                return false;
        }

        return true;
    }

    private static List<int> PhaseSets(ReadOnlySpan<PositionCall> calls)
    {
        List<int> sets = [];
        foreach (var call in calls)
        {
            if (call.IsCalled && call.PhaseSet != PositionCall.Unphased && !sets.Contains(call.PhaseSet))
                sets.Add(call.PhaseSet);
        }

        return sets;
    }

    /// <summary>A sub-allele is reported as its core allele where the tables say so.</summary>
    private static Haplotype Reported(Gene gene, AlleleDefinition allele) =>
        gene.Traits.CoreAlleles.TryGetValue(allele.Haplotype.Name, out var core) ? gene.FindHaplotype(core)! : allele.Haplotype;

    private static uint Bit(int code) => code < 0 ? 0u : BitOperations.RotateLeft(1u, code);
}
