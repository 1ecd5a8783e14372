using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>The part of a profile that the genotype decides. What is ambiguous, or was not looked for, stays unknown.</summary>
internal static class GeneticProfile
{
    /// <summary>The profile with the genotype's part filled in.</summary>
    public static PatientProfile With(PatientProfile profile, GenotypeInterpretation genotype)
    {
        var alleles = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var typed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var untyped = new HashSet<string>(StringComparer.Ordinal);
        var phenotypes = new Dictionary<string, string>(StringComparer.Ordinal);
        var hlaAlleles = new Dictionary<string, bool>(StringComparer.Ordinal);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        var openAlleles = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var gene in genotype.Genes)
        {
            var symbol = gene.Gene.Symbol.Value;
            if (CalledAlleles(gene) is { } called)
                alleles.Add(symbol, called);
            if (gene.Source is CallSource.Variants or CallSource.Vcf)
                AddTyped(typed, gene.Gene, genotype);
            foreach (var position in gene.MissingPositions)
                untyped.Add(position.Name);
            var open = OpenAlleles.Of(gene);
            if (open.Alleles.Count > 0)
                openAlleles.Add(symbol, open.Alleles);
            if (TermOf(gene.Phenotype) is { } term && gene.AlleleStatuses.Count == 0 && !open.ChangesPhenotype)
                phenotypes.Add(symbol, term);
            foreach (var status in gene.AlleleStatuses)
            {
                if (status.IsPresent is { } isPresent)
                    hlaAlleles.Add(symbol + status.Allele, isPresent);
            }

            if (gene.ActivityScore is { IsMissing: false, IsLowerBound: false } score && open.Alleles.Count == 0)
                scores.Add(symbol, (double)score.Value);
        }

        return profile with
        {
            Alleles = alleles,
            TypedVariants = typed,
            UntypedVariants = untyped,
            Phenotypes = phenotypes,
            HlaAlleles = hlaAlleles,
            ActivityScores = scores,
            OpenAlleles = openAlleles,
        };
    }

    /// <summary>The guideline's term, unless it says that nobody knows.</summary>
    public static string? TermOf(Phenotype? phenotype) => phenotype is { IsIndeterminate: false } ? phenotype.Term : null;

    private static void AddTyped(Dictionary<string, IReadOnlyList<string>> typed, Gene gene, GenotypeInterpretation genotype)
    {
        foreach (var position in gene.Positions)
        {
            if (genotype.Variants.TryGetValue(position.Name, out var observed))
                typed[position.Name] = observed.Second is { } second ? [observed.First, second] : [observed.First];
        }
    }

    // A gene's alleles count as known only when one diplotype explains the input.
    private static string[]? CalledAlleles(GeneResult gene)
    {
        if (gene is not { State: CallState.Called or CallState.Indeterminate, Candidates: [var only] })
            return null;
        return gene.Alleles.Count > 0 ? [.. gene.Alleles.Select(static allele => allele.Name)] : Names(only.Diplotype);
    }

    private static string[] Names(Diplotype diplotype) =>
        diplotype.Second is { } second ? [diplotype.First.Name, second.Name] : [diplotype.First.Name];
}
