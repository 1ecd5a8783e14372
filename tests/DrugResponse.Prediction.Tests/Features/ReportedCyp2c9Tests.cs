using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>A CYP2C9 phenotype or activity score as a laboratory reported it counts without alleles.</summary>
public sealed class ReportedCyp2c9Tests
{
    [Theory]
    [InlineData("Normal Metabolizer", 2, 2)]
    [InlineData("Intermediate Metabolizer", 1, 1)]
    [InlineData("Poor Metabolizer", 0, 0)]
    [InlineData("Indeterminate", float.NaN, float.NaN)]
    public void A_phenotype_is_the_lowest_score_of_its_range(string phenotype, double score, float level)
    {
        AssertKnown(Profiles.OfPhenotype("CYP2C9", phenotype), score, level);
    }

    [Theory]
    [InlineData("2.0", 2, 2)]
    [InlineData("1.5", 1.5, 1)]
    [InlineData("1.0", 1, 1)]
    [InlineData("0.5", 0.5, 0)]
    [InlineData("0.0", 0, 0)]
    public void A_score_is_itself_and_decides_the_phenotype(string reported, double score, float level)
    {
        AssertKnown(OfScore(reported), score, level);
    }

    [Fact]
    public void Alleles_go_before_a_report()
    {
        var profile = Profiles.Of(new Genotype
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*1/*2"] },
            Phenotypes = new Dictionary<string, string> { ["CYP2C9"] = "Intermediate Metabolizer" },
        });

        Assert.Equal(1.5, profile.ValueOf("cyp2c9ActivityScore"));
        Assert.Equal(float.NaN, profile.ValueOf("cyp2c9PhenotypeWithoutAlleles"));
        Assert.Equal(1, profile.ValueOf("cyp2c9Star2Alleles"));
    }

    [Theory]
    [InlineData("Poor Metabolizer", 0)]
    [InlineData("Indeterminate", 1)]
    public void Ancestry_stands_in_for_the_gene_only_while_nothing_is_known_of_it(string phenotype, float asian)
    {
        var profile = Profiles.OfPhenotype("CYP2C9", phenotype) with { Ancestry = AncestryGroup.EastAsian };

        Assert.Equal(asian, profile.ValueOf("asianWithoutCyp2c9"));
        Assert.Equal(4 * asian, profile.ValueOf("cyp2c9UntestedAncestry"));
    }

    [Fact]
    public void Ancestry_stands_in_for_a_gene_whose_main_alleles_were_not_looked_for()
    {
        var profile = Profiles.OfVariants(("rs28371685", "C/C")) with { Ancestry = AncestryGroup.EastAsian };

        Assert.Equal(float.NaN, profile.ValueOf("cyp2c9ActivityScore"));
        Assert.Equal(1, profile.ValueOf("asianWithoutCyp2c9"));
    }

    private static PatientProfile OfScore(string score) =>
        Profiles.Of(new Genotype { ActivityScores = new Dictionary<string, string> { ["CYP2C9"] = score } });

    private static void AssertKnown(PatientProfile profile, double score, float level)
    {
        Assert.Equal(score, profile.ValueOf("cyp2c9ActivityScore"));
        Assert.Equal(level, profile.ValueOf("cyp2c9PhenotypeWithoutAlleles"));
        Assert.Equal(level, profile.ValueOf("cyp2c9Phenotype"));
        Assert.Equal(float.NaN, profile.ValueOf("cyp2c9Star2Alleles"));
        Assert.Equal(float.NaN, profile.ValueOf("cyp2c9Star3Alleles"));
    }
}
