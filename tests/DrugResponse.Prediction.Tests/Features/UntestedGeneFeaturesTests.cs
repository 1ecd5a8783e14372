using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>What stands in for genes that were not tested, and for those only.</summary>
public sealed class UntestedGeneFeaturesTests
{
    public static TheoryData<string, string, string> Genes { get; } = new()
    {
        { "cyp2c19UntestedAncestry", "CYP2C19", "*1/*1" },
        { "cyp2d6UntestedAncestry", "CYP2D6", "*1/*1" },
        { "cyp2b6UntestedAncestry", "CYP2B6", "*1/*1" },
        { "cyp2c9UntestedAncestry", "CYP2C9", "*1/*1" },
        { "cyp2c9UntestedAncestry", "CYP2C9", "*1/*7" }, // alleles without a phenotype
        { "tpmtUntestedAncestry", "TPMT", "*1/*1" },
        { "nudt15UntestedAncestry", "NUDT15", "*1/*1" },
        { "ugt1a1UntestedAncestry", "UGT1A1", "*1/*1" },
        { "cyp3a5UntestedAncestry", "CYP3A5", "*1/*1" },
        { "g6pdUntestedAncestry", "G6PD", "B (reference)" },
        { "slco1b1UntestedAncestry", "SLCO1B1", "*1/*1" },
        { "abcg2UntestedAncestry", "ABCG2", "rs2231142 reference (G)/rs2231142 reference (G)" },
        { "cyp4f2UntestedAncestry", "CYP4F2", "*1/*1" },
        { "vkorc1UntestedAncestry", "VKORC1", "rs9923231 reference (C)/rs9923231 reference (C)" },
        { "dpydUntestedAncestry", "DPYD", "Reference/Reference" },
        { "hlaB5701UntestedAncestry", "HLA-B", "*57:01 negative" },
        { "hlaB1502UntestedAncestry", "HLA-B", "*15:02 negative" },
        { "hlaB5801UntestedAncestry", "HLA-B", "*58:01 negative" },
        { "hlaA3101UntestedAncestry", "HLA-A", "*31:01 negative" },
        { "ryr1UntestedAncestry", "RYR1", "Reference/Reference" },
        { "cacna1sUntestedAncestry", "CACNA1S", "Reference/Reference" },
    };

    [Theory]
    [MemberData(nameof(Genes))]
    public void Ancestry_stands_in_while_the_gene_is_not_known(string feature, string gene, string diplotype)
    {
        var tested = Profiles.OfDiplotype(gene, diplotype);

        Assert.Equal(0, tested.ValueOf(feature));
        Assert.Equal(0, (tested with { Ancestry = AncestryGroup.EastAsian }).ValueOf(feature));
        Assert.Equal(4, new PatientProfile { Ancestry = AncestryGroup.EastAsian }.ValueOf(feature));
        Assert.Equal(float.NaN, new PatientProfile().ValueOf(feature));
    }

    [Theory]
    [InlineData("dpydUntestedAncestry", "DPYD", "Intermediate Metabolizer")]
    [InlineData("ugt1a1UntestedAncestry", "UGT1A1", "Poor Metabolizer")]
    [InlineData("cyp2c9UntestedAncestry", "CYP2C9", "Poor Metabolizer")]
    [InlineData("slco1b1UntestedAncestry", "SLCO1B1", "Poor Function")]
    public void A_reported_phenotype_counts_as_tested(string feature, string gene, string phenotype)
    {
        Assert.Equal(0, Profiles.OfPhenotype(gene, phenotype).ValueOf(feature));
    }

    [Fact]
    public void One_HLA_allele_that_was_tested_says_nothing_of_another()
    {
        var profile = Profiles.OfDiplotype("HLA-B", "*57:01 negative") with { Ancestry = AncestryGroup.Latino };

        Assert.Equal((0, 6), (profile.ValueOf("hlaB5701UntestedAncestry"), profile.ValueOf("hlaB1502UntestedAncestry")));
    }

    [Fact]
    public void CYP2D6_is_known_under_a_strong_inhibitor()
    {
        var profile = new PatientProfile
        {
            Ancestry = AncestryGroup.European,
            ClinicalPhenotypes = new Dictionary<string, string> { ["CYP2D6"] = "Poor Metabolizer" },
        };

        Assert.Equal(0, profile.ValueOf("cyp2d6UntestedAncestry"));
    }

    [Theory]
    [InlineData(AncestryGroup.AfricanAmerican, 1)]
    [InlineData(AncestryGroup.American, 2)]
    [InlineData(AncestryGroup.CentralSouthAsian, 3)]
    [InlineData(AncestryGroup.EastAsian, 4)]
    [InlineData(AncestryGroup.European, 5)]
    [InlineData(AncestryGroup.Latino, 6)]
    [InlineData(AncestryGroup.NearEastern, 7)]
    [InlineData(AncestryGroup.Oceanian, 8)]
    [InlineData(AncestryGroup.SubSaharanAfrican, 9)]
    [InlineData(AncestryGroup.Asian, 10)]
    [InlineData(AncestryGroup.MixedOrOther, 11)]
    public void Every_ancestry_has_its_number(AncestryGroup ancestry, float number)
    {
        var profile = new PatientProfile { Ancestry = ancestry };

        Assert.Equal(number, profile.ValueOf("ancestryGroup"));
        Assert.Equal(number, profile.ValueOf("cyp2c19UntestedAncestry"));
        Assert.Equal(ancestry == AncestryGroup.Latino ? 1 : 0, profile.ValueOf("ancestryLatino"));
    }

    [Theory]
    [InlineData(Sex.Male, false, 1)]
    [InlineData(Sex.Male, true, 0)]
    [InlineData(Sex.Female, false, 0)]
    [InlineData(null, true, 0)]
    [InlineData(null, false, float.NaN)]
    public void Men_stand_out_while_G6PD_is_not_known(Sex? sex, bool tested, float expected)
    {
        var profile = tested ? Profiles.OfPhenotype("G6PD", "Normal") : new PatientProfile();

        Assert.Equal(expected, (profile with { Sex = sex }).ValueOf("maleG6pdUntested"));
    }

    [Theory]
    [InlineData(true, true, true, 0)]
    [InlineData(false, true, true, 1)]
    [InlineData(false, false, true, 0)]
    [InlineData(false, false, false, float.NaN)]
    [InlineData(true, false, false, 0)]
    public void A_moderate_inhibitor_stands_out_while_CYP2D6_is_not_known(bool known, bool inhibited, bool listGiven, float expected)
    {
        var profile = new PatientProfile
        {
            ClinicalPhenotypes =
                known ? new Dictionary<string, string> { ["CYP2D6"] = "Normal Metabolizer" } : new Dictionary<string, string>(),
            InhibitedWithoutGenotype = inhibited ? new HashSet<string> { "CYP2D6" } : new HashSet<string>(),
            ActiveMedications = listGiven ? new HashSet<string>() : null,
        };

        Assert.Equal(expected, profile.ValueOf("cyp2d6UntestedInhibited"));
    }
}
