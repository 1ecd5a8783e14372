using System.Numerics;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>
/// Finds every pair of named alleles that explains the bases seen at a gene's positions. An allele has its own bases at the positions of
/// its definition and the reference allele's bases elsewhere; its score is the number of its defining positions that were called, and a
/// pair's score is the sum. A position where a definition allows several bases counts only if the strand carries an alternative there.
/// (The matching rule published with PharmCAT, "Named Allele Matcher".)
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
        List<AlleleMatch> matches = [];
        if (IsSingleCopy(calls))
        {
            foreach (var candidate in candidates)
                matches.Add(new AlleleMatch(new Diplotype(Reported(gene, candidate.Allele), null), candidate.Score, candidate.Untyped));
        }
        else
            MatchPairs(gene, calls, candidates, matches);

        return [.. matches
            .OrderByDescending(m => m.Score).ThenBy(m => m.Diplotype.First).ThenBy(m => m.Diplotype.Second).ThenBy(m => m.Untyped)
            .DistinctBy(m => m.Diplotype)];
    }

    /// <summary>
    /// Whether the sample has one copy of the gene: a single-copy call somewhere, and no heterozygous one. (Some callers write the
    /// homozygous positions of a man's X chromosome as two copies.)
    /// </summary>
    private static bool IsSingleCopy(ReadOnlySpan<PositionCall> calls)
    {
        var single = false;
        foreach (var call in calls)
        {
            if (call.IsHeterozygous)
                return false;
            single |= call is { IsCalled: true, IsSingleCopy: true };
        }

        return single;
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

    private static void MatchPairs(Gene gene, ReadOnlySpan<PositionCall> calls, List<Candidate> candidates, List<AlleleMatch> matches)
    {
        var phases = new PhaseSets(calls);
        for (var i = 0; i < candidates.Count; i++)
        {
            for (var j = i; j < candidates.Count; j++)
            {
                var (first, second) = (candidates[i], candidates[j]);
                if (AmbiguousScore(first.Allele, second.Allele, calls, phases) is not { } ambiguous)
                    continue;

                matches.Add(new AlleleMatch(
                    new Diplotype(Reported(gene, first.Allele), Reported(gene, second.Allele)),
                    first.Score + second.Score + ambiguous,
                    first.Untyped + second.Untyped));
            }
        }
    }

    /// <summary>Alleles that have at least one called position and fit one of the two copies everywhere.</summary>
    private static List<Candidate> Candidates(Gene gene, ReadOnlySpan<PositionCall> calls)
    {
        List<Candidate> candidates = [];
        foreach (var allele in gene.Definitions)
        {
            int typed = 0, score = 0;
            foreach (var position in allele.Defining)
            {
                if (!calls[position].IsCalled)
                    continue;

                typed++;
                score += allele.IsAmbiguousAt(position) ? 0 : 1;
            }

            if (typed > 0 && !gene.Traits.IsIgnored(allele.Haplotype.Name) && Fits(allele, calls))
                candidates.Add(new Candidate(allele, score, allele.Defining.Length == calls.Length ? 0 : allele.Defining.Length - typed));
        }

        return candidates;
    }

    /// <summary>
    /// Whether the pair explains the calls, and what its ambiguous positions add to the score in the orientation that is best for it.
    /// </summary>
    /// <returns>The addition; null when the pair does not explain the calls.</returns>
    private static int? AmbiguousScore(AlleleDefinition first, AlleleDefinition second, ReadOnlySpan<PositionCall> calls, PhaseSets phases)
    {
        phases.Reset();
        var score = 0;
        var a = first.Masks;
        var b = second.Masks;
        for (var i = 0; i < calls.Length; i++)
        {
            var call = calls[i];
            if (!call.IsCalled)
                continue;

            var (x, y) = (Bit(call.First), Bit(call.Second));
            var straight = (a[i] & x) != 0 && (b[i] & y) != 0;
            var crossed = (a[i] & y) != 0 && (b[i] & x) != 0;
            if (!straight && !crossed)
                return null;

            var (straightScore, crossedScore) = (0, 0);
            if (first.IsAmbiguousAt(i) || second.IsAmbiguousAt(i))
            {
                straightScore = Counts(first, i, call.First) + Counts(second, i, call.Second);
                crossedScore = Counts(first, i, call.Second) + Counts(second, i, call.First);
            }

            if (call.PhaseSet != PositionCall.Unphased)
                phases.Allow(call.PhaseSet, straight, crossed, straightScore, crossedScore);
            else
                score += Math.Max(straight ? straightScore : 0, crossed ? crossedScore : 0);
        }

        return phases.BestScore() is { } phased ? score + phased : null;
    }

    private static int Counts(AlleleDefinition allele, int position, int code) => allele.IsAmbiguousAt(position) && code != 0 ? 1 : 0;

    /// <summary>A sub-allele is reported as its core allele where the tables say so.</summary>
    private static Haplotype Reported(Gene gene, AlleleDefinition allele) =>
        gene.Traits.CoreAlleles.TryGetValue(allele.Haplotype.Name, out var core) ? gene.FindHaplotype(core)! : allele.Haplotype;

    private static uint Bit(int code) => code < 0 ? 0u : BitOperations.RotateLeft(1u, code);

    /// <param name="Allele">The allele.</param>
    /// <param name="Score">Its called positions, without those where its definition allows several bases.</param>
    /// <param name="Untyped">Its positions that were not called; none for alleles defined everywhere.</param>
    private readonly record struct Candidate(AlleleDefinition Allele, int Score, int Untyped);
}
