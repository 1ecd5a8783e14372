using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Prediction.Answers;

/// <summary>Puts a gene's result into the words of the wire.</summary>
internal static class PhenotypeAnswer
{
    private const int MaxReasonedCandidates = 10;

    public static GenePhenotype Of(GeneResult gene)
    {
        var score = gene.ActivityScore?.ToString();
        var phenotype = gene.Phenotype?.Term;
        return new GenePhenotype
        {
            Gene = gene.Gene.Symbol.Value,
            Diplotypes = [.. gene.Diplotypes.Select(diplotype => diplotype.ToString())],
            Alleles = Alleles(gene),
            ActivityScore = score,
            Phenotype = phenotype,
            PossiblePhenotypes = gene.PossiblePhenotypes.Count > 1 ? [.. gene.PossiblePhenotypes.Select(possible => possible.Term)] : null,
            ClinicalPhenotype = phenotype,
            ClinicalActivityScore = score,
            CallSource = Word(gene.Source),
            CallState = State(gene),
            Phenoconversion = [],
            MissingPositions = [.. gene.MissingPositions.Select(position => position.Name)],
            Reasoning = [.. gene.Candidates.Take(MaxReasonedCandidates).Select(candidate => Reason(gene, candidate))],
        };
    }

    // "*1 (Normal function, 1.0) + *3 (No function, 0.0) = 1.0; activity score 1.0 to 1.5 -> Intermediate Metabolizer; <source>"
    private static string Reason(GeneResult gene, DiplotypeInterpretation candidate)
    {
        var alleles = candidate.Diplotype.Second is { } second ? $"{Describe(candidate.Diplotype.First)} + {Describe(second)}" : Describe(candidate.Diplotype.First);
        var sum = candidate.ActivityScore is { } score ? $" = {score}" : "";
        var rule = candidate.Rule is { } applied ? applied.ToString() : "no rule applies";
        return $"{alleles}{sum}; {rule} ({gene.Gene.Method})";
    }

    private static string Describe(Haplotype haplotype) =>
        haplotype.Activity is { } activity ? $"{haplotype.Name} ({haplotype.Function}, {activity})" : $"{haplotype.Name} ({haplotype.Function})";

    private static IReadOnlyList<string>? Alleles(GeneResult gene)
    {
        if (gene.AlleleStatuses.Count > 0)
            return [.. gene.AlleleStatuses.Select(status => status.Term).OfType<string>()];
        return gene.Alleles.Count > 0 ? [.. gene.Alleles.Select(allele => allele.Name)] : null;
    }

    private static string Word(CallSource source) => source switch
    {
        CallSource.Diplotype => "diplotype",
        CallSource.ActivityScore => "activity-score",
        CallSource.Phenotype => "phenotype",
        CallSource.Variants => "variants",
        CallSource.Vcf => "vcf",
        _ => "none",
    };

    private static string? State(GeneResult gene) => gene.State switch
    {
        CallState.Called => null,
        CallState.Ambiguous => "ambiguous",
        CallState.Indeterminate => "indeterminate",
        CallState.NotCalled => gene.StateReason is { } reason ? $"not-called: {reason}" : "not-called",
        _ => "not-provided",
    };
}
