using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>Alleles counted by the variant that they carry. Definitions: CPIC and PharmVar, data build 2025-11.</summary>
public sealed class AlleleCountFeaturesTests
{
    [Theory]
    [InlineData("*1/*1", 0)]
    [InlineData("*1/*5", 1)]
    [InlineData("*15/*5", 2)]
    [InlineData("*37/*40", 1)]
    [InlineData("*1/*9", 0)] // no function, by another variant
    [InlineData("*1/*14", 0)]
    [InlineData("*5/*45", 2)] // *45 is defined by its sub-alleles only: the phenotype, poor function, stands in
    [InlineData("*1/*45", 1)]
    [InlineData("not tested", float.NaN)]
    public void SLCO1B1_counts_C_at_rs4149056(string diplotype, float count)
    {
        Assert.Equal(count, Profiles.OfDiplotype("SLCO1B1", diplotype).ValueOf("slco1b1Rs4149056CAlleles"));
    }

    [Theory]
    [InlineData("Increased Function", 0)]
    [InlineData("Normal Function", 0)]
    [InlineData("Decreased Function", 1)]
    [InlineData("Possible Decreased Function", 1)]
    [InlineData("Poor Function", 2)]
    [InlineData("Indeterminate", float.NaN)]
    public void SLCO1B1_counts_by_phenotype_where_only_that_is_known(string phenotype, float count)
    {
        Assert.Equal(count, Profiles.OfPhenotype("SLCO1B1", phenotype).ValueOf("slco1b1Rs4149056CAlleles"));
    }

    [Theory]
    [InlineData("rs4149056", "T/T", 0)]
    [InlineData("rs4149056", "T/C", 1)]
    [InlineData("rs4149056", "C/C", 2)]
    [InlineData("rs2306283", "A/G", float.NaN)] // *1/*37, normal function; but rs4149056 was not typed
    public void SLCO1B1_is_not_taken_for_normal_where_the_position_was_not_typed(string rsId, string bases, float count)
    {
        Assert.Equal(count, Profiles.OfVariants((rsId, bases)).ValueOf("slco1b1Rs4149056CAlleles"));
    }

    [Theory]
    [InlineData("0/0", 0)]
    [InlineData("0/1", 1)]
    [InlineData("1/1", 2)]
    [InlineData("./.", float.NaN)]
    public void SLCO1B1_is_counted_from_a_VCF_though_several_diplotypes_fit(string genotype, float count)
    {
        var profile = Profiles.OfVcf(
            "chr12 21176804 rs2306283 A G . PASS . GT 0/1", $"chr12 21178615 rs4149056 T C . PASS . GT {genotype}");

        Assert.Equal(count, profile.ValueOf("slco1b1Rs4149056CAlleles"));
    }

    [Fact]
    public void A_diplotype_goes_before_a_variant()
    {
        var profile = Profiles.Of(new Genotype
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["SLCO1B1"] = ["*5/*5"] },
            Variants = new Dictionary<string, string> { ["rs4149056"] = "T/C" },
        });

        Assert.Equal(2, profile.ValueOf("slco1b1Rs4149056CAlleles"));
    }

    [Theory]
    [InlineData("G/G", 0)]
    [InlineData("G/T", 1)]
    [InlineData("T/T", 2)]
    public void ABCG2_counts_T_at_rs2231142(string bases, float count)
    {
        Assert.Equal(count, Profiles.OfVariants(("rs2231142", bases)).ValueOf("abcg2Rs2231142TAlleles"));
    }

    [Theory]
    [InlineData("Normal Function", 0)]
    [InlineData("Decreased Function", 1)]
    [InlineData("Poor Function", 2)]
    public void ABCG2_counts_by_phenotype_where_only_that_is_known(string phenotype, float count)
    {
        Assert.Equal(count, Profiles.OfPhenotype("ABCG2", phenotype).ValueOf("abcg2Rs2231142TAlleles"));
    }

    [Theory]
    [InlineData("*1/*1", 0)]
    [InlineData("*1/*3", 1)]
    [InlineData("*3/*4", 2)] // *4 holds the variant of *3
    [InlineData("*2/*22", 1)] // and so does *22
    public void CYP4F2_counts_T_at_rs2108622(string diplotype, float count)
    {
        Assert.Equal(count, Profiles.OfDiplotype("CYP4F2", diplotype).ValueOf("cyp4f2Star3Alleles"));
    }

    [Fact]
    public void CYP4F2_is_not_known_where_another_position_alone_was_typed()
    {
        Assert.Equal(float.NaN, Profiles.OfVariants(("rs3093105", "A/C")).ValueOf("cyp4f2Star3Alleles"));
    }

    public sealed class Ugt1a1
    {
        [Theory]
        [InlineData("*1/*1", 0, 0)]
        [InlineData("*1/*28", 1, 0)]
        [InlineData("*28/*28", 2, 0)]
        [InlineData("*28/*80+*28", 2, 0)]
        [InlineData("*6/*28", 1, 1)]
        [InlineData("*6/*6", 0, 2)]
        [InlineData("*1/*37", 0, 0)]
        [InlineData("*36/*80+*37", 0, 0)]
        public void Alleles_with_seven_repeats_and_star_6_are_counted(string diplotype, float star28, float star6)
        {
            var profile = Profiles.OfDiplotype("UGT1A1", diplotype);

            Assert.Equal(star28, profile.ValueOf("ugt1a1Star28Alleles"));
            Assert.Equal(star6, profile.ValueOf("ugt1a1Star6Alleles"));
            Assert.Equal(float.NaN, profile.ValueOf("ugt1a1PhenotypeWithoutAlleles"));
        }

        [Theory]
        [InlineData("Poor Metabolizer", 0)]
        [InlineData("Intermediate Metabolizer", 1)]
        [InlineData("Normal Metabolizer", 2)]
        [InlineData("Indeterminate", float.NaN)]
        public void A_phenotype_stands_in_for_alleles_that_are_not_known(string phenotype, float level)
        {
            var profile = Profiles.OfPhenotype("UGT1A1", phenotype);

            Assert.Equal(level, profile.ValueOf("ugt1a1PhenotypeWithoutAlleles"));
            Assert.Equal(level, profile.ValueOf("ugt1a1Phenotype"));
            Assert.Equal(float.NaN, profile.ValueOf("ugt1a1Star28Alleles"));
            Assert.Equal(float.NaN, profile.ValueOf("ugt1a1Star6Alleles"));
        }

        [Fact]
        public void Variants_that_leave_the_alleles_open_are_counted_and_need_no_stand_in()
        {
            // *1/*80+*28 or *28/*80: one strand or two.
            var profile = Profiles.OfVcf(
                "chr2 233759924 rs887829 C T . PASS . GT 0/1", "chr2 233760233 rs3064744 CAT CATAT . PASS . GT 0/1",
                "chr2 233760498 rs4148323 G A . PASS . GT 0/0", "chr2 233760973 rs35350960 C A . PASS . GT 0/0");

            Assert.Equal((1, 0), (profile.ValueOf("ugt1a1Star28Alleles"), profile.ValueOf("ugt1a1Star6Alleles")));
            Assert.Equal(float.NaN, profile.ValueOf("ugt1a1PhenotypeWithoutAlleles"));
        }

        [Fact]
        public void What_was_not_typed_is_not_known()
        {
            var repeats = Profiles.OfVariants(("rs3064744", "(TA)6/(TA)7"));
            var star6 = Profiles.OfVariants(("rs4148323", "G/A"));
            var both = Profiles.OfVariants(("rs3064744", "(TA)7/(TA)7"), ("rs4148323", "G/G"));

            Assert.Equal((1, float.NaN), (repeats.ValueOf("ugt1a1Star28Alleles"), repeats.ValueOf("ugt1a1Star6Alleles")));
            Assert.Equal((float.NaN, 1), (star6.ValueOf("ugt1a1Star28Alleles"), star6.ValueOf("ugt1a1Star6Alleles")));
            Assert.Equal((2, 0), (both.ValueOf("ugt1a1Star28Alleles"), both.ValueOf("ugt1a1Star6Alleles")));
        }
    }
}
