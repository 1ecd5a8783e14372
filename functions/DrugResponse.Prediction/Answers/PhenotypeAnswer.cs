using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Prediction.Answers;

/// <summary>Puts a gene's result into the words of the wire.</summary>
internal static class PhenotypeAnswer
{
    private const int MaxReasonedCandidates = 10;

    public static GenePhenotype Of(ClinicalGeneResult clinical)
    {
        var gene = clinical.Genetic ?? throw new ArgumentException("Only genes with a genotype are answered.", nameof(clinical));
        return new GenePhenotype
        {
            Gene = gene.Gene.Symbol.Value,
            Diplotypes = [.. gene.Diplotypes.Select(diplotype => diplotype.ToString())],
            Alleles = Alleles(gene),
            ActivityScore = gene.ActivityScore?.ToString(),
            Phenotype = gene.Phenotype?.Term,
            PossiblePhenotypes = gene.PossiblePhenotypes.Count > 1 ? [.. gene.PossiblePhenotypes.Select(possible => possible.Term)] : null,
            ClinicalPhenotype = clinical.ClinicalPhenotype?.Term,
            ClinicalActivityScore = clinical.ClinicalActivityScore?.ToString(),
            CallSource = Word(gene.Source),
            CallState = State(gene),
            Phenoconversion = [.. clinical.Conversions.Select(Step)],
            MissingPositions = [.. gene.MissingPositions.Select(position => position.Name)],
            Reasoning = [.. gene.Candidates.Take(MaxReasonedCandidates).Select(candidate => Reason(gene, candidate))],
        };
    }

    private static PhenoconversionStep Step(Conversion conversion) => new(
        [.. conversion.Perpetrations.Select(perpetration => perpetration.Drug.Drug)],
        $"{Word(conversion.Rule.Strength)} {Word(conversion.Rule.Effect)}",
        conversion.IsApplied,
        conversion.Message,
        conversion.Rule.Source,
        conversion.Rule.Evidence);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    // "*1 (Normal function, 1.0) + *3 (No function, 0.0) = 1.0; activity score 1.0 to 1.5 -> Intermediate Metabolizer; <source>"
    private static string Reason(GeneResult gene, DiplotypeInterpretation candidate)
    {
        var alleles = candidate.Diplotype.Second is { } second ? $"{Describe(candidate.Diplotype.First)} + {Describe(second)}" : Describe(candidate.Diplotype.First);
        var sum = candidate.ActivityScore is { } score ? $" = {score}" : "";
        var rule = candidate.Rule is { } applied ? applied.ToString() : "no rule applies";
        return $"{alleles}{sum}; {rule} ({gene.Gene.RuleSource})";
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
