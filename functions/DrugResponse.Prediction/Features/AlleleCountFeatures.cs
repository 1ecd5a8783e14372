using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Counts of alleles that carry one variant, whatever their names; and what is known where only the phenotype was given.</summary>
internal static class AlleleCountFeatures
{
    private const string Ugt1a1 = "UGT1A1";
    private const string Ugt1a1StandIn = "ugt1a1PhenotypeWithoutAlleles";

    private static readonly VariantAlleles Slco1b1 = new("SLCO1B1", "rs4149056", "C");
    private static readonly VariantAlleles Abcg2 = new("ABCG2", "rs2231142", "T");
    private static readonly VariantAlleles Cyp4f2 = new("CYP4F2", "rs2108622", "T");
    private static readonly VariantAlleles Ugt1a1SevenRepeats = new(Ugt1a1, "rs3064744", "CATAT");
    private static readonly VariantAlleles Ugt1a1Star6 = new(Ugt1a1, "rs4148323", "A");

    private static readonly PhenotypeLevels Slco1b1Loss = new(
        "SLCO1B1", ("Increased Function", 0), ("Normal Function", 0), ("Decreased Function", 1), ("Poor Function", 2));

    private static readonly PhenotypeLevels Abcg2Loss = new(
        "ABCG2", ("Normal Function", 0), ("Decreased Function", 1), ("Poor Function", 2));
    private static readonly PhenotypeLevels Ugt1a1Levels = PhenotypeLevels.OfMetabolizers(Ugt1a1, "Poor", "Intermediate", "Normal");

    internal static ImmutableArray<Feature> All { get; } =
    [
        WithPhenotype("slco1b1Rs4149056CAlleles", "SLCO1B1", "rs4149056", Slco1b1, Slco1b1Loss,
            "SLCO1B1 alleles with C at rs4149056, such as *5 and *15; where only the phenotype is known, 1 for decreased and possible "
            + "decreased, 2 for poor, 0 for normal and increased function"),
        WithPhenotype("abcg2Rs2231142TAlleles", "ABCG2", "rs2231142", Abcg2, Abcg2Loss,
            "ABCG2 alleles with T at rs2231142; where only the phenotype is known, 1 for decreased, 2 for poor, 0 for normal function"),
        Count("cyp4f2Star3Alleles", "CYP4F2", "rs2108622", Cyp4f2,
            "CYP4F2 alleles with T at rs2108622: *3 and others that hold its variant"),
        Count("ugt1a1Star28Alleles", Ugt1a1, "*28", Ugt1a1SevenRepeats,
            "UGT1A1 alleles with seven TA repeats (rs3064744): *28 and *80+*28, not *37") with { StandIn = Ugt1a1StandIn },
        Count("ugt1a1Star6Alleles", Ugt1a1, "*6", Ugt1a1Star6, "UGT1A1*6 alleles (A at rs4148323)") with { StandIn = Ugt1a1StandIn },
        PatientFeature.Level(Ugt1a1StandIn, 2,
            "UGT1A1 metabolizer where the alleles are not known: 0 poor, 1 intermediate, 2 normal; NaN when they are, or nothing is.",
            "genotype UGT1A1; the CPIC phenotype as reported",
            [FeatureInput.OfGene(Ugt1a1)],
            static patient => HasUgt1a1Alleles(patient) ? float.NaN : Ugt1a1Levels.In(patient.Phenotypes)),
    ];

    private static bool HasUgt1a1Alleles(PatientProfile patient) =>
        patient.Alleles.ContainsKey(Ugt1a1) || !float.IsNaN(Ugt1a1SevenRepeats.Count(patient)) || !float.IsNaN(Ugt1a1Star6.Count(patient));

    private static Feature Count(string name, string gene, string variant, VariantAlleles alleles, string meaning) => PatientFeature.Count(
        name,
        2,
        $"Number of {meaning}; NaN when it is not known.",
        $"genotype {gene}; the bases typed at the position, or those that the called alleles have by definition",
        [FeatureInput.OfGene(gene, variant)],
        alleles.Count);

    private static Feature WithPhenotype(
        string name, string gene, string variant, VariantAlleles alleles, PhenotypeLevels loss, string meaning) => PatientFeature.Count(
            name,
            2,
            $"Number of {meaning}; NaN when neither is known.",
            $"genotype {gene}; the bases typed at the position, or those that the called alleles have by definition, else the CPIC "
            + "phenotype",
            [FeatureInput.OfGene(gene, variant)],
            patient =>
            {
                var count = alleles.Count(patient);
                return !float.IsNaN(count) || alleles.IsUntyped(patient) ? count : loss.In(patient.Phenotypes);
            });
}
