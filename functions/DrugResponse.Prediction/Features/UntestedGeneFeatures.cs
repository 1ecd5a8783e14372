using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// What stands in for a gene that was not tested: ancestry, by which allele frequencies differ, and for some genes sex or an inhibitor.
/// All are 0 for a gene that was tested, since an additive model cannot say otherwise that they matter only where it was not.
/// </summary>
internal static class UntestedGeneFeatures
{
    private const string Cyp2d6 = "CYP2D6";

    // The features by which a gene counts as tested: one that is known suffices.
    private static readonly ImmutableArray<Feature> GeneFeatures =
    [
        .. GenotypeFeatures.All, .. GeneLevelFeatures.All, .. AlleleCountFeatures.All, .. DpydFeatures.All, .. HlaFeatures.All,
        .. MalignantHyperthermiaFeatures.All,
    ];

    private static readonly Feature G6pd = Find("g6pdPhenotype");

    internal static ImmutableArray<Feature> All { get; } =
    [
        Untested("cyp2c19UntestedAncestry", FeatureInput.OfGene("CYP2C19"), "cyp2c19Phenotype"),
        Untested("cyp2d6UntestedAncestry", FeatureInput.OfGene(Cyp2d6), "cyp2d6ClinicalPhenotype"),
        Untested("cyp2b6UntestedAncestry", FeatureInput.OfGene("CYP2B6"), "cyp2b6Phenotype"),
        Untested("cyp2c9UntestedAncestry", FeatureInput.OfGene("CYP2C9"), "cyp2c9Star2Alleles", "cyp2c9Star3Alleles", "cyp2c9Phenotype"),
        Untested("cyp2c9PhenotypeUntestedAncestry", FeatureInput.OfGene("CYP2C9"), "cyp2c9Phenotype"),
        Untested("tpmtUntestedAncestry", FeatureInput.OfGene("TPMT"), "tpmtPhenotype"),
        Untested("nudt15UntestedAncestry", FeatureInput.OfGene("NUDT15"), "nudt15Phenotype"),
        Untested("ugt1a1UntestedAncestry", FeatureInput.OfGene("UGT1A1"),
            "ugt1a1Phenotype", "ugt1a1Star28Alleles", "ugt1a1Star6Alleles", "ugt1a1PhenotypeWithoutAlleles"),
        Untested("cyp3a5UntestedAncestry", FeatureInput.OfGene("CYP3A5"), "cyp3a5Phenotype"),
        Untested("g6pdUntestedAncestry", FeatureInput.OfGene("G6PD"), "g6pdPhenotype"),
        Untested("slco1b1UntestedAncestry", FeatureInput.OfGene("SLCO1B1", "rs4149056"), "slco1b1Rs4149056CAlleles"),
        Untested("abcg2UntestedAncestry", FeatureInput.OfGene("ABCG2", "rs2231142"), "abcg2Rs2231142TAlleles"),
        Untested("cyp4f2UntestedAncestry", FeatureInput.OfGene("CYP4F2", "rs2108622"), "cyp4f2Star3Alleles"),
        Untested("vkorc1UntestedAncestry", FeatureInput.OfGene("VKORC1"), "vkorc1Rs9923231TAlleles"),
        Untested("dpydUntestedAncestry", FeatureInput.OfGene("DPYD"),
            "dpydStar2AAlleles", "dpydC2846Alleles", "dpydStar13Alleles", "dpydHapB3Alleles", "dpydOtherReducedAlleles",
            "dpydPhenotypeWithoutVariants"),
        Untested("hlaB5701UntestedAncestry", FeatureInput.OfGene("HLA-B", "*57:01"), "hlaB5701Carrier"),
        Untested("hlaB1502UntestedAncestry", FeatureInput.OfGene("HLA-B", "*15:02"), "hlaB1502Carrier"),
        Untested("hlaB5801UntestedAncestry", FeatureInput.OfGene("HLA-B", "*58:01"), "hlaB5801Carrier"),
        Untested("hlaA3101UntestedAncestry", FeatureInput.OfGene("HLA-A", "*31:01"), "hlaA3101Carrier"),
        Untested("ryr1UntestedAncestry", FeatureInput.OfGene("RYR1"), "ryr1Pathogenic", "malignantHyperthermiaSusceptibility"),
        Untested("cacna1sUntestedAncestry", FeatureInput.OfGene("CACNA1S"), "cacna1sPathogenic"),
        new()
        {
            Name = "maleG6pdUntested",
            Unit = "flag",
            Min = 0,
            Max = 1,
            Meaning = "Male whose G6PD is not known; 0 for women and where it is known; NaN when neither sex nor G6PD is known.",
            Source = "patient.sex, genotype G6PD",
            Inputs = [new FeatureInput("/patient/sex"), FeatureInput.OfGene("G6PD")],
            Compute = static context => TernaryLogic.And(
                DemographicFeatures.IsMale(context.Patient), TernaryLogic.Of(float.IsNaN(G6pd.Compute(context)))),
        },
        PatientFeature.Flag("cyp2d6UntestedInhibited",
            "CYP2D6 under the other medications is not known, and a moderate inhibitor acts on it; 0 where it is known or no such "
            + "inhibitor acts; NaN when it is not known and no medication list was given.",
            "genotype CYP2D6, medications",
            [FeatureInput.OfGene(Cyp2d6), new FeatureInput("/medications")],
            IsInhibitedWithoutGenotype),
    ];

    private static float IsInhibitedWithoutGenotype(PatientProfile patient)
    {
        if (!float.IsNaN(GeneLevelFeatures.Cyp2d6Clinical(patient)))
            return 0;
        if (patient.InhibitedWithoutGenotype.Contains(Cyp2d6))
            return 1;
        return patient.ActiveMedications is null ? float.NaN : 0;
    }

    private static Feature Untested(string name, FeatureInput gene, params string[] mainFeatures)
    {
        var mains = Array.ConvertAll(mainFeatures, Find);
        return new Feature
        {
            Name = name,
            Unit = "code",
            Min = 0,
            Max = 11,
            Meaning = $"0 where {string.Join(" or ", mainFeatures)} is known; else the number of the ancestry as in ancestryGroup; NaN "
                + "when neither is known.",
            Source = $"patient.ancestry, genotype {gene.Gene}",
            Inputs = [new FeatureInput("/patient/ancestry"), gene],
            Compute = context => IsKnown(mains, context) ? 0 : DemographicFeatures.AncestryCode(context.Patient),
        };
    }

    private static bool IsKnown(Feature[] mains, FeatureContext context)
    {
        foreach (var main in mains)
        {
            if (!float.IsNaN(main.Compute(context)))
                return true;
        }

        return false;
    }

    private static Feature Find(string name) => GeneFeatures.Single(feature => feature.Name == name);
}
