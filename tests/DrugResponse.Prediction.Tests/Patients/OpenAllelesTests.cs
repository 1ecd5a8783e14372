using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

/// <summary>
/// What a typing by variants does not tell: alleles that every test of a gene should exclude (AMP tier 1; for CYP2B6 the common ones).
/// </summary>
public sealed class OpenAllelesTests
{
    [Theory]
    [InlineData("rs4244285 G/A", "CYP2C19", "*3 *17")] // *1/*2, and *1 may be another
    [InlineData("rs12248560 C/T", "CYP2C19", "*2 *3")]
    [InlineData("rs12248560 C/T;rs3758581 G/G", "CYP2C19", "*2 *3")] // a typed position that *1 and *2 share
    [InlineData("rs1799853 C/C;rs1057910 A/A", "CYP2C9", "*5 *6 *8 *11")]
    [InlineData("rs1142345 T/T", "TPMT", "*2 *3B")]
    [InlineData("rs1142345 T/C;rs1800462 C/C", "TPMT", "*3A *3B")]
    [InlineData("rs186364861 G/G", "NUDT15", "*3")]
    [InlineData("rs3745274 G/T", "CYP2B6", "*6 *18")]
    [InlineData("rs28399499 T/T", "CYP2B6", "*6")]
    [InlineData("rs776746 C/T", "CYP3A5", "*6 *7")]
    public void An_allele_that_a_panel_did_not_look_for_leaves_the_phenotype_open(string panel, string gene, string open)
    {
        var profile = Typed(panel);

        Assert.Equal(open.Split(' '), profile.OpenAlleles[gene]);
        Assert.False(profile.Phenotypes.ContainsKey(gene));
        Assert.False(profile.ClinicalPhenotypes.ContainsKey(gene));
        Assert.False(profile.ActivityScores.ContainsKey(gene));
        Assert.Equal(2, profile.Alleles[gene].Count);
    }

    [Theory]
    [InlineData("rs4244285 A/A", "CYP2C19", "Poor Metabolizer")]
    [InlineData("rs4244285 G/G;rs4986893 G/G;rs12248560 C/C", "CYP2C19", "Normal Metabolizer")]
    [InlineData("rs4244285 G/A;rs12248560 C/T", "CYP2C19", "Intermediate Metabolizer")]
    [InlineData("rs1057910 C/C", "CYP2C9", "Poor Metabolizer")]
    [InlineData("rs1142345 C/C", "TPMT", "Poor Metabolizer")] // *3C or *3A, both without function
    [InlineData("rs1142345 T/C;rs1800460 C/T;rs1800462 C/C", "TPMT", "Intermediate Metabolizer")]
    [InlineData("rs116855232 C/C", "NUDT15", "Normal Metabolizer")]
    [InlineData("rs3745274 G/T;rs28399499 T/T", "CYP2B6", "Intermediate Metabolizer")] // *9 or *6, both of decreased function
    [InlineData("rs776746 C/C", "CYP3A5", "Poor Metabolizer")]
    [InlineData("rs4149056 C/T", "SLCO1B1", "Decreased Function")] // no allele of it must be excluded
    public void A_phenotype_that_nothing_left_open_can_change_is_known(string panel, string gene, string phenotype)
    {
        var profile = Typed(panel);

        Assert.Equal(phenotype, profile.Phenotypes[gene]);
        Assert.Equal(phenotype, profile.ClinicalPhenotypes[gene]);
    }

    [Fact]
    public void A_diplotype_of_a_laboratory_leaves_nothing_open()
    {
        var profile = Profiles.OfDiplotype("CYP2C19", "*1/*1");

        Assert.Empty(profile.OpenAlleles);
        Assert.Equal("Normal Metabolizer", profile.Phenotypes["CYP2C19"]);
    }

    [Fact]
    public void A_position_that_a_VCF_did_not_call_is_as_open_as_one_that_a_panel_did_not_type()
    {
        string[] called =
        [
            "chr10 94761900 rs12248560 C T . PASS . GT 0/0", "chr10 94780653 rs4986893 G A . PASS . GT 0/0",
            "chr10 94842866 rs3758581 A G . PASS . GT 1/1",
        ];

        var open = Profiles.OfVcf([.. called, "chr10 94781859 rs4244285 G A . PASS . GT ./."]);
        var complete = Profiles.OfVcf([.. called, "chr10 94781859 rs4244285 G A . PASS . GT 0/0"]);

        Assert.Equal(["*2"], open.OpenAlleles["CYP2C19"]);
        Assert.Equal(float.NaN, open.ValueOf("cyp2c19Phenotype"));
        Assert.Empty(complete.OpenAlleles);
        Assert.Equal(2, complete.ValueOf("cyp2c19Phenotype"));
    }

    [Theory]
    [InlineData("rs1799853 C/T", 1, float.NaN, float.NaN, float.NaN)]
    [InlineData("rs1057910 A/C", float.NaN, 1, float.NaN, float.NaN)]
    [InlineData("rs1799853 C/T;rs1057910 A/A", 1, 0, float.NaN, 1.5)]
    [InlineData("rs1799853 T/T", 2, 0, 0, 1)]
    [InlineData("rs1057910 C/C", 0, 2, 0, 0)]
    public void CYP2C9_alleles_are_counted_where_they_were_looked_for(string panel, float star2, float star3, float others, double score)
    {
        var profile = Typed(panel);

        Assert.Equal(star2, profile.ValueOf("cyp2c9Star2Alleles"));
        Assert.Equal(star3, profile.ValueOf("cyp2c9Star3Alleles"));
        Assert.Equal(others, profile.ValueOf("cyp2c9OtherReducedAlleles"));
        Assert.Equal(score, profile.ValueOf("cyp2c9ActivityScore"));
    }

    [Fact]
    public void Ancestry_stands_in_for_what_was_not_looked_for()
    {
        var profile = Typed("rs1799853 C/C;rs1057910 A/A") with { Ancestry = AncestryGroup.SubSaharanAfrican };

        Assert.Equal(0, profile.ValueOf("cyp2c9UntestedAncestry"));
        Assert.Equal(9, profile.ValueOf("cyp2c9PhenotypeUntestedAncestry"));
    }

    // "rs4244285 G/A;rs12248560 C/T"
    private static PatientProfile Typed(string panel) => Profiles.OfVariants(
        [.. panel.Split(';').Select(static typed => typed.Split(' ')).Select(static parts => (parts[0], parts[1]))]);
}
