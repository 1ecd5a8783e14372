using System.Collections.Immutable;

namespace DrugResponse.Prediction.Features;

/// <summary>Phenotypes as levels of function.</summary>
internal static class GeneLevelFeatures
{
    private const string Poor = "Poor";
    private const string Intermediate = "Intermediate";
    private const string Normal = "Normal";
    private const string Rapid = "Rapid";
    private const string Ultrarapid = "Ultrarapid";

    private static readonly PhenotypeLevels Cyp2d6 = PhenotypeLevels.OfMetabolizers("CYP2D6", Poor, Intermediate, Normal, Ultrarapid);
    private static readonly PhenotypeLevels Ugt1a1 = PhenotypeLevels.OfMetabolizers("UGT1A1", Poor, Intermediate, Normal);

    internal static ImmutableArray<Feature> All { get; } =
    [
        OfMetabolizers("cyp2c19Phenotype", "CYP2C19", Poor, Intermediate, Normal, Rapid, Ultrarapid),
        PatientFeature.Level("cyp2d6ClinicalPhenotype", 3,
            "CYP2D6 metabolizer under the other medications: 0 poor, 1 intermediate, 2 normal, 3 ultrarapid. Under a strong inhibitor "
            + "everybody is 0, with or without a genotype; NaN when it is not known.",
            "genotype CYP2D6, medications; activity score 0 under a strong inhibitor, halved under a moderate one (CPIC opioid guideline, "
            + "PMID 33387367)",
            [FeatureInput.OfGene("CYP2D6")],
            Cyp2d6Clinical),
        OfMetabolizers("cyp2b6Phenotype", "CYP2B6", Poor, Intermediate, Normal, Rapid, Ultrarapid),
        OfMetabolizers("cyp2c9Phenotype", "CYP2C9", Poor, Intermediate, Normal),
        OfMetabolizers("tpmtPhenotype", "TPMT", Poor, Intermediate, Normal),
        OfMetabolizers("nudt15Phenotype", "NUDT15", Poor, Intermediate, Normal),
        OfMetabolizers("ugt1a1Phenotype", "UGT1A1", Poor, Intermediate, Normal),
        OfMetabolizers("cyp3a5Phenotype", "CYP3A5", Poor, Intermediate, Normal),
        Level("g6pdPhenotype", "G6PD", 2, "G6PD: 0 deficient, with or without CNSHA, 1 variable, 2 normal",
            new PhenotypeLevels("G6PD", ("Deficient with CNSHA", 0), ("Deficient", 0), ("Variable", 1), ("Normal", 2))),
        PatientFeature.Flag("europeanUgt1a1Poor",
            "European or Near Eastern ancestry and a UGT1A1 poor metabolizer; 0 when either is known not to hold; NaN otherwise.",
            "patient.ancestry, genotype UGT1A1",
            [new FeatureInput("/patient/ancestry"), FeatureInput.OfGene("UGT1A1")],
            static patient => TernaryLogic.And(DemographicFeatures.IsEuropean(patient), IsUgt1a1Poor(patient))),
    ];

    /// <summary>0 poor, 1 intermediate, 2 normal, 3 ultrarapid under the other medications; NaN when unknown.</summary>
    internal static float Cyp2d6Clinical(PatientProfile patient) => Cyp2d6.In(patient.ClinicalPhenotypes);

    private static float IsUgt1a1Poor(PatientProfile patient)
    {
        var level = Ugt1a1.In(patient.Phenotypes);
        return float.IsNaN(level) ? level : TernaryLogic.Of(level == 0);
    }

    private static Feature OfMetabolizers(string name, string gene, params string[] kinds)
    {
        var levels = string.Join(", ", kinds.Select(static (kind, level) => $"{level} {kind.ToLowerInvariant()}"));
        return Level(name, gene, kinds.Length - 1, $"{gene} metabolizer: {levels}", PhenotypeLevels.OfMetabolizers(gene, kinds));
    }

    private static Feature Level(string name, string gene, int highest, string meaning, PhenotypeLevels levels) => PatientFeature.Level(
        name,
        highest,
        $"{meaning}; a likely or possible phenotype counts as the one it names; NaN when it is not known.",
        $"genotype {gene}; the CPIC phenotype, from alleles or as reported",
        [FeatureInput.OfGene(gene)],
        patient => levels.In(patient.Phenotypes));
}
