using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>Levels of function from whatever a laboratory gave.</summary>
public sealed class GeneLevelFeaturesTests
{
    [Theory]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "*2/*2", 0)]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "*1/*2", 1)]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "*1/*1", 2)]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "*1/*17", 3)]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "*17/*17", 4)]
    [InlineData("cyp2b6Phenotype", "CYP2B6", "*6/*6", 0)]
    [InlineData("cyp2b6Phenotype", "CYP2B6", "*1/*6", 1)]
    [InlineData("cyp2b6Phenotype", "CYP2B6", "*4/*4", 4)]
    [InlineData("cyp2c9Phenotype", "CYP2C9", "*3/*3", 0)]
    [InlineData("cyp2c9Phenotype", "CYP2C9", "*1/*2", 1)]
    [InlineData("cyp2c9Phenotype", "CYP2C9", "*1/*1", 2)]
    [InlineData("cyp2c9Phenotype", "CYP2C9", "*1/*7", float.NaN)]
    [InlineData("tpmtPhenotype", "TPMT", "*3A/*3A", 0)]
    [InlineData("tpmtPhenotype", "TPMT", "*1/*3A", 1)]
    [InlineData("tpmtPhenotype", "TPMT", "*3A/*8", 1)] // a possible intermediate metabolizer
    [InlineData("nudt15Phenotype", "NUDT15", "*3/*3", 0)]
    [InlineData("nudt15Phenotype", "NUDT15", "*1/*1", 2)]
    [InlineData("ugt1a1Phenotype", "UGT1A1", "*28/*28", 0)]
    [InlineData("cyp3a5Phenotype", "CYP3A5", "*3/*3", 0)]
    [InlineData("cyp3a5Phenotype", "CYP3A5", "*1/*1", 2)]
    [InlineData("g6pdPhenotype", "G6PD", "A- 202A_376G", 0)]
    [InlineData("g6pdPhenotype", "G6PD", "B (reference)", 2)]
    [InlineData("g6pdPhenotype", "G6PD", "A- 202A_376G/B (reference)", 1)]
    [InlineData("g6pdPhenotype", "G6PD", "not tested", float.NaN)]
    [InlineData("cyp2d6ClinicalPhenotype", "CYP2D6", "*4/*4", 0)]
    [InlineData("cyp2d6ClinicalPhenotype", "CYP2D6", "*1/*4", 1)]
    [InlineData("cyp2d6ClinicalPhenotype", "CYP2D6", "*1/*1", 2)]
    [InlineData("cyp2d6ClinicalPhenotype", "CYP2D6", "*1x2/*1", 3)]
    public void A_diplotype_has_its_level(string feature, string gene, string diplotype, float level)
    {
        Assert.Equal(level, Profiles.OfDiplotype(gene, diplotype).ValueOf(feature));
    }

    [Theory]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "Likely Poor Metabolizer", 0)]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "Likely Intermediate Metabolizer", 1)]
    [InlineData("cyp2c19Phenotype", "CYP2C19", "Rapid Metabolizer", 3)]
    [InlineData("nudt15Phenotype", "NUDT15", "Possible Intermediate Metabolizer", 1)]
    [InlineData("cyp3a5Phenotype", "CYP3A5", "Possible Intermediate Metabolizer", 1)]
    [InlineData("g6pdPhenotype", "G6PD", "Deficient with CNSHA", 0)]
    [InlineData("g6pdPhenotype", "G6PD", "Variable", 1)]
    [InlineData("tpmtPhenotype", "TPMT", "Indeterminate", float.NaN)]
    public void A_reported_phenotype_has_its_level(string feature, string gene, string phenotype, float level)
    {
        Assert.Equal(level, Profiles.OfPhenotype(gene, phenotype).ValueOf(feature));
    }

    [Fact]
    public void Every_phenotype_that_the_rules_of_a_gene_lead_to_has_a_level()
    {
        (string Feature, string Gene)[] levels =
        [
            ("cyp2c19Phenotype", "CYP2C19"), ("cyp2d6ClinicalPhenotype", "CYP2D6"), ("cyp2b6Phenotype", "CYP2B6"),
            ("cyp2c9Phenotype", "CYP2C9"), ("tpmtPhenotype", "TPMT"), ("nudt15Phenotype", "NUDT15"), ("ugt1a1Phenotype", "UGT1A1"),
            ("cyp3a5Phenotype", "CYP3A5"),
            ("g6pdPhenotype", "G6PD"), ("slco1b1Rs4149056CAlleles", "SLCO1B1"), ("abcg2Rs2231142TAlleles", "ABCG2"),
            ("dpydPhenotypeWithoutVariants", "DPYD"), ("ryr1Pathogenic", "RYR1"), ("cacna1sPathogenic", "CACNA1S"),
        ];

        Assert.All(levels, static level =>
        {
            var known = KnowledgeBase.Default.FindGene(level.Gene)!.Phenotypes.Where(static phenotype => !phenotype.IsIndeterminate);
            Assert.All(known, phenotype =>
                Assert.False(float.IsNaN(Profiles.OfPhenotype(level.Gene, phenotype.Term).ValueOf(level.Feature)), phenotype.Term));
        });
    }

    [Theory]
    [InlineData("paroxetine", "*1/*1", 0)]
    [InlineData("duloxetine", "*1/*1", 1)]
    [InlineData("sertraline", "*1/*1", 2)]
    [InlineData("paroxetine", null, 0)]
    [InlineData("duloxetine", null, float.NaN)]
    public void Inhibitors_shift_CYP2D6(string drug, string? diplotype, float level)
    {
        var diplotypes = new Dictionary<string, IReadOnlyList<string>>();
        if (diplotype is not null)
            diplotypes.Add("CYP2D6", [diplotype]);

        var profile = Clinic.Read(new PredictionRequest
        {
            Genotype = new Genotype { Diplotypes = diplotypes },
            Medications = [new Medication { Drug = drug }],
        }).Profile;

        Assert.Equal(level, profile.ValueOf("cyp2d6ClinicalPhenotype"));
    }

    [Theory]
    [InlineData(AncestryGroup.European, "Poor Metabolizer", 1)]
    [InlineData(AncestryGroup.NearEastern, "Poor Metabolizer", 1)]
    [InlineData(AncestryGroup.European, "Normal Metabolizer", 0)]
    [InlineData(AncestryGroup.EastAsian, "Poor Metabolizer", 0)]
    [InlineData(AncestryGroup.EastAsian, null, 0)]
    [InlineData(null, "Intermediate Metabolizer", 0)]
    [InlineData(null, "Poor Metabolizer", float.NaN)]
    [InlineData(AncestryGroup.European, null, float.NaN)]
    public void European_poor_metabolizers_of_UGT1A1_are_known_from_both(AncestryGroup? ancestry, string? phenotype, float expected)
    {
        var profile = new PatientProfile
        {
            Ancestry = ancestry,
            Phenotypes = phenotype is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["UGT1A1"] = phenotype },
        };

        Assert.Equal(expected, profile.ValueOf("europeanUgt1a1Poor"));
    }
}
