using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>What the service makes of a virtual patient's pair of alleles. Immutable.</summary>
internal sealed record GeneCall
{
    private static readonly DateOnly AnyDay = new(2026, 1, 1);

    /// <summary>The allele names, one for a single copy.</summary>
    public required IReadOnlyList<string> Alleles { get; init; }

    /// <summary>The phenotype; null when it is not determined or the gene has none.</summary>
    public string? Phenotype { get; init; }

    /// <summary>The activity score; null when the gene is not scored.</summary>
    public double? ActivityScore { get; init; }

    /// <summary>The phenotype under a moderate inhibitor, where the service converts it; else the phenotype.</summary>
    public string? InhibitedPhenotype { get; init; }

    public static GeneCall Of(VirtualGene gene, int first, int second)
    {
        IReadOnlyList<string> names = second < 0 ? [gene.Alleles[first]] : [gene.Alleles[first], gene.Alleles[second]];
        if (gene.IsTypedByAllele)
            return new GeneCall { Alleles = names };
        if (gene.Symbol == RyanodineReceptor.Symbol)
        {
            var phenotype = first + Math.Max(second, 0) > 0 ? "Malignant Hyperthermia Susceptibility" : "Uncertain Susceptibility";
            return new GeneCall { Alleles = [], Phenotype = phenotype, InhibitedPhenotype = phenotype };
        }

        var interpretation = GenotypeInterpreter.Default.Interpret(new GenotypeInput
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { [gene.Symbol] = [string.Join('/', names)] },
        });
        if (interpretation.Faults.Count > 0 || interpretation.Find(gene.Symbol) is not { } result)
            throw new InvalidDataException($"The interpreter does not take {gene.Symbol} {string.Join('/', names)}.");

        return new GeneCall
        {
            Alleles = names,
            Phenotype = Determined(result.Phenotype?.Term),
            ActivityScore = result.ActivityScore is { IsMissing: false, IsLowerBound: false } score ? (double)score.Value : null,
            InhibitedPhenotype = gene.Symbol == "CYP2D6" ? Inhibited(interpretation) : Determined(result.Phenotype?.Term),
        };
    }

    private static string? Determined(string? term) =>
        term is null || term.Contains("Indeterminate", StringComparison.OrdinalIgnoreCase) ? null : term;

    private static string? Inhibited(GenotypeInterpretation interpretation)
    {
        var clinical = Phenoconverter.Convert(interpretation, [new MedicationUse([CypInhibition.ModerateExample])], AnyDay);
        return Determined(clinical.Find("CYP2D6")!.ClinicalPhenotype?.Term);
    }
}
