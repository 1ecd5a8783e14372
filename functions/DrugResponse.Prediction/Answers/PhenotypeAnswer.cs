using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Prediction.Answers;

/// <summary>Puts a gene's result into the words of the wire.</summary>
internal static class PhenotypeAnswer
{
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
        };
    }

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
