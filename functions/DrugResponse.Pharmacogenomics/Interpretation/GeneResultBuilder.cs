using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Turns what one input says about a gene into its result.</summary>
internal static class GeneResultBuilder
{
    public static GeneResult FromDiplotypes(Gene gene, IReadOnlyList<Diplotype> diplotypes)
    {
        if (diplotypes.Count == 1)
            return FromCandidates(gene, CallSource.Diplotype, [PhenotypeAssigner.Assign(gene, diplotypes[0])], 1);

        DiplotypeInterpretation[] candidates = [.. diplotypes.Select(d => PhenotypeAssigner.Assign(gene, d))];
        return FromCandidates(gene, CallSource.Diplotype, candidates, candidates.Length);
    }

    /// <summary>Variants of unknown phase: the two with the lowest function decide.</summary>
    public static GeneResult FromVariantList(Gene gene, IReadOnlyList<Haplotype> variants)
    {
        var deciding = PhenotypeAssigner.Assign(gene, LowestFunction.Pair(gene, variants));
        return FromCandidates(gene, CallSource.Diplotype, [deciding], 1) with { Alleles = [.. variants.Order()] };
    }

    public static GeneResult FromStatuses(Gene gene, IReadOnlyList<AlleleStatus> statuses, CallSource source)
    {
        AlleleStatus[] ordered = [.. statuses.OrderBy(s => s.Allele, StringComparer.Ordinal)];
        var terms = ordered.Select(s => s.Term).OfType<string>().ToArray();
        var phenotype = terms.Length > 0 ? new Phenotype(string.Join("; ", terms)) : null;
        return new GeneResult
        {
            Gene = gene,
            Source = source,
            State = phenotype is null ? CallState.NotCalled
                : ordered.Any(s => s.IsPresent is null) ? CallState.Ambiguous
                : CallState.Called,
            StateReason = phenotype is null ? "no-guideline-allele-tested" : null,
            AlleleStatuses = ordered,
            Phenotype = phenotype,
            PossiblePhenotypes = phenotype is null ? [] : [phenotype],
        };
    }

    /// <summary>A score as reported; null when no two alleles of the gene can have it.</summary>
    public static GeneResult? FromScore(Gene gene, ActivityScore score)
    {
        if (gene.PhenotypeTable.ForScore(score) is null)
            return null;

        var possible = gene.PhenotypeTable.PossibleFor(score);
        return new GeneResult
        {
            Gene = gene,
            Source = CallSource.ActivityScore,
            State = StateOf(possible),
            ActivityScore = score,
            Phenotype = possible.Count == 1 ? possible[0] : null,
            PossiblePhenotypes = possible,
        };
    }

    public static GeneResult FromPhenotype(Gene gene, Phenotype phenotype) => new()
    {
        Gene = gene,
        Source = CallSource.Phenotype,
        State = phenotype.IsIndeterminate ? CallState.Indeterminate : CallState.Called,
        Phenotype = phenotype,
        PossiblePhenotypes = [phenotype],
    };

    /// <param name="gene">The gene.</param>
    /// <param name="outcome">What calling gave.</param>
    /// <param name="source">Variants or VCF.</param>
    /// <param name="allCalls">Whether to keep every match, not only those of the best score.</param>
    public static GeneResult FromCalling(Gene gene, CallingOutcome outcome, CallSource source, bool allCalls)
    {
        if (outcome.Matches.Count == 0)
        {
            var phenotype = outcome.Fallback is { } pair ? PhenotypeAssigner.Assign(gene, pair).Phenotype : null;
            return NotCalled(gene, source, outcome.Reason ?? GeneCaller.NoMatchingDiplotype) with
            {
                MissingPositions = outcome.Missing,
                Phenotype = phenotype,
                PossiblePhenotypes = phenotype is null ? [] : [phenotype],
            };
        }

        if (outcome.Preferred is { } preferred)
        {
            var chosen = FromCandidates(gene, source, [Assign(preferred)], 1) with { MissingPositions = outcome.Missing };
            return allCalls
                ? chosen with { Candidates = [.. outcome.Matches.Select(Assign)], MostLikelyDiplotype = preferred.Diplotype }
                : chosen;
        }

        var best = outcome.Matches.TakeWhile(m => m.Score == outcome.Matches[0].Score).Count();
        DiplotypeInterpretation[] candidates = [.. outcome.Matches.Take(allCalls ? outcome.Matches.Count : best).Select(Assign)];
        return FromCandidates(gene, source, candidates, best) with { Alleles = outcome.Alleles, MissingPositions = outcome.Missing };

        DiplotypeInterpretation Assign(AlleleMatch match) => PhenotypeAssigner.Assign(gene, match.Diplotype) with { Score = match.Score };
    }

    public static GeneResult NotCalled(Gene gene, CallSource source, string reason) => new()
    {
        Gene = gene,
        Source = source,
        State = CallState.NotCalled,
        StateReason = reason,
    };

    public static GeneResult NotProvided(Gene gene) => new()
    {
        Gene = gene,
        Source = CallSource.None,
        State = CallState.NotProvided,
        StateReason = "not-tested",
    };

    /// <param name="gene">The gene.</param>
    /// <param name="source">The input.</param>
    /// <param name="candidates">All candidates, best first.</param>
    /// <param name="best">How many of them share the best score; score and phenotype are read from those.</param>
    private static GeneResult FromCandidates(Gene gene, CallSource source, DiplotypeInterpretation[] candidates, int best)
    {
        var first = candidates[0];
        if (best == 1)
        {
            return new GeneResult
            {
                Gene = gene,
                Source = source,
                State = first.Rule is null && gene.Rules.Count > 0 ? CallState.Indeterminate : StateOf(first.PossiblePhenotypes),
                StateReason = first.Rule is null && gene.Rules.Count > 0 ? WarningCodes.FunctionNotAssigned : null,
                Candidates = candidates,
                ActivityScore = first.ActivityScore,
                Phenotype = first.Phenotype,
                PossiblePhenotypes = first.PossiblePhenotypes,
            };
        }

        DiplotypeInterpretation[] tied = [.. candidates.Take(best)];
        Phenotype[] possible = [.. tied.SelectMany(c => c.PossiblePhenotypes).Distinct()];
        var agreed = possible.Length == 1 && tied.All(c => c.Rule is not null);
        return new GeneResult
        {
            Gene = gene,
            Source = source,
            State = CallState.Ambiguous,
            Candidates = candidates,
            ActivityScore = tied.All(c => c.ActivityScore == first.ActivityScore) ? first.ActivityScore : null,
            Phenotype = agreed ? possible[0] : null,
            PossiblePhenotypes = possible,
        };
    }

    private static CallState StateOf(IReadOnlyList<Phenotype> possible) =>
        possible.Count > 1 ? CallState.Ambiguous
        : possible.Count == 1 && possible[0].IsIndeterminate ? CallState.Indeterminate
        : CallState.Called;
}
