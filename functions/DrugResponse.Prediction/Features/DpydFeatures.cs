using System.Collections.Immutable;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Counts of DPYD's variants of reduced function. They are counted one by one, since variants of equal activity value carry different
/// risks (Meulendijks D et al., Lancet Oncol 2015;16:1639-50).
/// </summary>
internal static class DpydFeatures
{
    private const string Gene = "DPYD";
    private const string StandIn = "dpydPhenotypeWithoutVariants";

    private static readonly DpydVariants Star2A = new("c.1905+1G>A (*2A)");
    private static readonly DpydVariants C2846 = new("c.2846A>T");
    private static readonly DpydVariants Star13 = new("c.1679T>G (*13)");
    private static readonly DpydVariants HapB3 = new("c.1129-5923C>G", "c.1129-5923C>G, c.1236G>A (HapB3)");
    private static readonly DpydVariants Other = new([.. OtherReduced()]);

    private static readonly PhenotypeLevels Levels = PhenotypeLevels.OfMetabolizers(Gene, "Poor", "Intermediate", "Normal");

    internal static ImmutableArray<Feature> All { get; } =
    [
        Count("dpydStar2AAlleles", "c.1905+1G>A", "DPYD c.1905+1G>A (*2A) alleles", Star2A.Count),
        Count("dpydC2846Alleles", "c.2846A>T", "DPYD c.2846A>T alleles", C2846.Count),
        Count("dpydStar13Alleles", "c.1679T>G", "DPYD c.1679T>G (*13) alleles", Star13.Count),
        Count("dpydHapB3Alleles", "HapB3",
            "DPYD HapB3 alleles (c.1129-5923C>G, which c.1236G>A stands in for where only that was typed)", HapB3.Count),
        Count("dpydOtherReducedAlleles", "other variants of reduced function",
            "DPYD alleles with another variant of an activity value below 1, such as c.557A>G", Other.CountWhereAllTyped),
        PatientFeature.Level(StandIn, 2,
            "DPYD metabolizer where the variants are not known: 0 poor, 1 intermediate, 2 normal; NaN when they are, or nothing is.",
            "genotype DPYD; the CPIC phenotype as reported, or of the activity score as reported",
            [FeatureInput.OfGene(Gene)],
            static patient => patient.Alleles.ContainsKey(Gene) ? float.NaN : Levels.In(patient.Phenotypes)),
    ];

    private static IEnumerable<string> OtherReduced() =>
        KnowledgeBase.Default.FindGene(Gene)!.Haplotypes
            .Where(static haplotype => haplotype.Activity is { IsMissing: false, Value: < 1 })
            .Select(static haplotype => haplotype.Name)
            .Except([.. Star2A.Names, .. C2846.Names, .. Star13.Names, .. HapB3.Names], StringComparer.Ordinal);

    private static Feature Count(string name, string variant, string meaning, Func<PatientProfile, float> read) =>
        PatientFeature.Count(
            name,
            2,
            $"Number of {meaning}; NaN when DPYD was not called, or its typing leaves them open.",
            "genotype DPYD; the variants found",
            [FeatureInput.OfGene(Gene, variant)],
            read) with
        { StandIn = StandIn };
}
