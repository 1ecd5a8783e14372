using DrugResponse.Pharmacogenomics.Calling;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Decides between the inputs about one gene and warns where they disagree.</summary>
internal sealed class PrecedenceResolver(InterpretationLog log, InterpretationOptions options)
{
    private const int MaxNamedAlleles = 10;

    /// <summary>The result of the input of highest precedence; null when the gene was only named by input that was at fault.</summary>
    public GeneResult? Resolve(GeneEvidence evidence)
    {
        var gene = evidence.Gene;
        var chosen = FromDiplotypes(evidence);

        if (evidence.Score is { } score)
        {
            var reported = GeneResultBuilder.FromScore(gene, score);
            chosen = Prefer(chosen, reported, "activityScores", $"an activity score of {score}");
        }

        if (evidence.Phenotype is { } phenotype)
            chosen = Prefer(chosen, GeneResultBuilder.FromPhenotype(gene, phenotype), "phenotypes", $"'{phenotype}'");

        if (evidence.Observed is { } observed)
            chosen = WithCalls(chosen, observed, gene);

        if (chosen is null)
        {
            return evidence.SaidNotCalled ? GeneResultBuilder.NotCalled(gene, CallSource.None, "reported-as-not-called")
                : evidence.SaidNotTested ? GeneResultBuilder.NotProvided(gene)
                : null;
        }

        if (chosen.State != CallState.Called || chosen.MissingPositions.Count > 0)
            WarnOfState(chosen, evidence);
        return chosen;
    }

    private static GeneResult? FromDiplotypes(GeneEvidence evidence) =>
        evidence.Diplotypes.Count > 0 ? GeneResultBuilder.FromDiplotypes(evidence.Gene, evidence.Diplotypes)
        : evidence.Variants is { } variants ? GeneResultBuilder.FromVariantList(evidence.Gene, variants)
        : evidence.Statuses is not null ? GeneResultBuilder.FromStatuses(evidence.Gene, evidence.Statuses, CallSource.Diplotype)
        : null;

    /// <summary>Keeps the chosen result and warns when the other input says something that it does not allow.</summary>
    private GeneResult? Prefer(GeneResult? chosen, GeneResult? other, string section, string saying)
    {
        if (chosen is null || other is null)
            return chosen ?? other;
        if (chosen.State == CallState.NotCalled)
            return other;

        var agrees = other.ActivityScore is { } score && chosen.ActivityScore is { } known
            ? score == known
            : other.PossiblePhenotypes.Any(chosen.PossiblePhenotypes.Contains);
        if (!agrees)
        {
            log.Warn(WarningCodes.ConflictingInput, InterpretationLog.Pointer(section, chosen.Gene.Symbol.Value),
                $"{chosen.Gene}: {saying} disagrees with the {NameOf(chosen.Source)} given; the latter was used.");
        }

        return chosen;
    }

    private GeneResult WithCalls(GeneResult? chosen, ObservedGenotype observed, Gene gene)
    {
        var outcome = GeneCaller.Call(gene, observed.Calls, fromPanel: !observed.FromVcf);
        var called = GeneResultBuilder.FromCalling(
            gene, outcome, observed.FromVcf ? CallSource.Vcf : CallSource.Variants, options.AllCalls);
        if (chosen is null || (chosen.State == CallState.NotCalled && called.State != CallState.NotCalled))
        {
            foreach (var (code, message) in outcome.Notes)
                log.Warn(code, observed.Path, message);
            return called;
        }

        if (CallConsistency.Contradicts(gene, chosen, observed.Calls)
            || (chosen.Candidates.Count == 0 && called.PossiblePhenotypes.Count > 0
                && !called.PossiblePhenotypes.Any(chosen.PossiblePhenotypes.Contains)))
        {
            log.Warn(WarningCodes.ConflictingInput, observed.Path,
                $"{gene}: the variants disagree with the {NameOf(chosen.Source)} given; the latter was used.");
        }

        return chosen;
    }

    private void WarnOfState(GeneResult result, GeneEvidence evidence)
    {
        var gene = result.Gene;
        var path = result.Source is CallSource.Variants or CallSource.Vcf
            ? evidence.Observed!.Path
            : InterpretationLog.Pointer(SectionOf(result.Source), gene.Symbol.Value);
        if (result.StateReason == GeneCaller.NotCallableFromVariants)
        {
            log.Warn(WarningCodes.NotCallable, path,
                $"{gene} cannot be called from variants (copy number, hybrids or typing); give its diplotype.");
            return;
        }

        if (result.State == CallState.NotCalled)
            log.Warn(WarningCodes.NotCalled, path, $"{gene} could not be called: {result.StateReason}.");
        if (result.StateReason == WarningCodes.FunctionNotAssigned)
        {
            log.Warn(WarningCodes.FunctionNotAssigned, path,
                $"{gene}: an allele is defined, but no function is assigned to it, so no phenotype follows.");
        }

        if (result.State == CallState.Ambiguous && result.Candidates.Count > 1)
            log.Warn(WarningCodes.AmbiguousCall, path, $"{gene}: {result.Candidates.Count} diplotypes explain the input.");
        if (result.MissingPositions.Count > 0)
        {
            log.Warn(WarningCodes.PositionsMissing, path,
                $"{gene}: {result.MissingPositions.Count} of {gene.Positions.Count} defining positions were not called; "
                + $"{NotExcluded(result)}.");
        }
    }

    /// <summary>The alleles that cannot be excluded, those of clinical tests first; cut short when there are many.</summary>
    private static string NotExcluded(GeneResult result)
    {
        string[] alleles = [.. result.MissingPositions
            .SelectMany(m => m.AllelesNotExcluded)
            .Distinct()
            .OrderByDescending(result.Gene.Traits.IsTier1)
            .ThenBy(name => name, Comparer<string>.Create(HaplotypeOrder.CompareNames))];
        return alleles.Length == 0
            ? "they would not change the call"
            : $"not excluded: {string.Join("; ", alleles.Take(MaxNamedAlleles))}"
                + (alleles.Length > MaxNamedAlleles ? $" and {alleles.Length - MaxNamedAlleles} more" : "");
    }

    private static string SectionOf(CallSource source) => source switch
    {
        CallSource.ActivityScore => "activityScores",
        CallSource.Phenotype => "phenotypes",
        _ => "diplotypes",
    };

    private static string NameOf(CallSource source) => source switch
    {
        CallSource.ActivityScore => "activity score",
        CallSource.Phenotype => "phenotype",
        _ => "diplotype",
    };
}
