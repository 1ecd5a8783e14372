using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>DPYD's variants one by one, in every notation.</summary>
public sealed class DpydFeaturesTests
{
    private static readonly string[] Counts =
        ["dpydStar2AAlleles", "dpydC2846Alleles", "dpydStar13Alleles", "dpydHapB3Alleles", "dpydOtherReducedAlleles"];

    [Theory]
    [InlineData("Reference/Reference", 0, 0, 0, 0, 0)]
    [InlineData("*1/*2A", 1, 0, 0, 0, 0)]
    [InlineData("c.1905+1G>A (*2A)/c.1905+1G>A (*2A)", 2, 0, 0, 0, 0)]
    [InlineData("c.2846A>T/Reference", 0, 1, 0, 0, 0)]
    [InlineData("c.1679T>G (*13)/c.2846A>T", 0, 1, 1, 0, 0)]
    [InlineData("HapB3/Reference", 0, 0, 0, 1, 0)]
    [InlineData("c.1236G>A/Reference", 0, 0, 0, 1, 0)] // stands in for HapB3
    [InlineData("c.1129-5923C>G/HapB3", 0, 0, 0, 2, 0)]
    [InlineData("c.557A>G/c.557A>G", 0, 0, 0, 0, 2)]
    [InlineData("c.85T>C (*9A)/c.1627A>G (*5)", 0, 0, 0, 0, 0)] // of normal function
    [InlineData("[c.85T>C (*9A) + c.1905+1G>A (*2A)]/c.85T>C (*9A)", 1, 0, 0, 0, 0)]
    public void Variants_of_a_diplotype_are_counted(string diplotype, float star2A, float c2846, float star13, float hapB3, float other)
    {
        AssertCounts([star2A, c2846, star13, hapB3, other], Profiles.OfDiplotype("DPYD", diplotype));
    }

    [Fact]
    public void Variants_listed_without_phase_are_counted()
    {
        AssertCounts([1, 1, 0, 0, 0], Profiles.OfDiplotype("DPYD", "c.1905+1G>A", "c.2846A>T"));
    }

    [Fact]
    public void Of_a_panel_the_variants_that_it_typed_are_known()
    {
        AssertCounts([1, float.NaN, float.NaN, float.NaN, float.NaN], Profiles.OfVariants(("rs3918290", "C/T")));
        AssertCounts([0, float.NaN, float.NaN, float.NaN, float.NaN], Profiles.OfVariants(("rs3918290", "C/C")));
        AssertCounts([2, float.NaN, float.NaN, float.NaN, float.NaN], Profiles.OfVariants(("rs3918290", "T/T")));
        AssertCounts(
            [0, 1, 0, 1, float.NaN],
            Profiles.OfVariants(("rs3918290", "C/C"), ("rs67376798", "T/A"), ("rs55886062", "A/A"), ("rs75017182", "G/C")));
    }

    [Theory]
    [InlineData("C/C", 0)]
    [InlineData("C/T", 1)]
    public void HapB3_is_known_from_the_exonic_variant_too(string bases, float count)
    {
        Assert.Equal(count, Profiles.OfVariants(("rs56038477", bases)).ValueOf("dpydHapB3Alleles"));
    }

    [Fact]
    public void Another_reduced_variant_that_was_found_counts_though_not_all_were_typed()
    {
        Assert.Equal(1, Profiles.OfVariants(("rs115232898", "T/C")).ValueOf("dpydOtherReducedAlleles"));
    }

    [Fact]
    public void Variants_of_a_VCF_are_counted()
    {
        var het = Profiles.OfVcf("chr1 97450058 rs3918290 C T . PASS . GT 0/1");
        var twoUnphased = Profiles.OfVcf("chr1 97450058 rs3918290 C T . PASS . GT 0/1", "chr1 97082391 rs67376798 T A . PASS . GT 0/1");
        var inCis = Profiles.OfVcf("chr1 97450058 rs3918290 C T . PASS . GT 0|1", "chr1 97082391 rs67376798 T A . PASS . GT 0|1");

        Assert.Equal((1, float.NaN), (het.ValueOf("dpydStar2AAlleles"), het.ValueOf("dpydC2846Alleles")));
        Assert.Equal((1, 1), (twoUnphased.ValueOf("dpydStar2AAlleles"), twoUnphased.ValueOf("dpydC2846Alleles")));
        Assert.Equal((1, 1), (inCis.ValueOf("dpydStar2AAlleles"), inCis.ValueOf("dpydC2846Alleles")));
    }

    [Theory]
    [InlineData("Poor Metabolizer", 0)]
    [InlineData("Intermediate Metabolizer", 1)]
    [InlineData("Normal Metabolizer", 2)]
    public void A_reported_phenotype_stands_in_for_variants(string phenotype, float level)
    {
        var profile = Profiles.OfPhenotype("DPYD", phenotype);

        Assert.Equal(level, profile.ValueOf("dpydPhenotypeWithoutVariants"));
        AssertCounts([float.NaN, float.NaN, float.NaN, float.NaN, float.NaN], profile, standIn: level);
    }

    [Theory]
    [InlineData("0.5", 0)]
    [InlineData("1.5", 1)]
    [InlineData("2.0", 2)]
    public void A_reported_score_stands_in_for_variants_by_its_phenotype(string score, float level)
    {
        var profile = Profiles.Of(new Genotype { ActivityScores = new Dictionary<string, string> { ["DPYD"] = score } });

        Assert.Equal(level, profile.ValueOf("dpydPhenotypeWithoutVariants"));
    }

    private static void AssertCounts(float[] counts, PatientProfile profile, float standIn = float.NaN)
    {
        Assert.Equal(counts, Counts.Select(profile.ValueOf));
        Assert.Equal(standIn, profile.ValueOf("dpydPhenotypeWithoutVariants"));
    }
}
