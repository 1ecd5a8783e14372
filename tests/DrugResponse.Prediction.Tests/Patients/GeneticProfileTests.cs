using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

/// <summary>What a genotype becomes in the terms of features.</summary>
public sealed class GeneticProfileTests
{
    [Theory]
    [InlineData("CYP2C19", "*1/*2", "Intermediate Metabolizer")]
    [InlineData("CYP2D6", "*4/*4", "Poor Metabolizer")]
    [InlineData("G6PD", "A- 202A_376G", "Deficient")]
    [InlineData("CACNA1S", "c.520C>T/Reference", "Malignant Hyperthermia Susceptibility")]
    [InlineData("CYP2C9", "*1/*7", null)] // *7 is of uncertain function: Indeterminate
    [InlineData("CYP2C19", "not tested", null)]
    public void A_phenotype_counts_unless_it_is_indeterminate(string gene, string diplotype, string? phenotype)
    {
        var profile = Profiles.OfDiplotype(gene, diplotype);

        Assert.Equal(phenotype, profile.Phenotypes.GetValueOrDefault(gene));
        Assert.Equal(phenotype, profile.ClinicalPhenotypes.GetValueOrDefault(gene));
    }

    [Fact]
    public void A_phenotype_that_was_reported_counts_without_alleles()
    {
        var profile = Profiles.OfPhenotype("UGT1A1", "Poor Metabolizer");

        Assert.Equal("Poor Metabolizer", profile.Phenotypes["UGT1A1"]);
        Assert.False(profile.Alleles.ContainsKey("UGT1A1"));
    }

    [Fact]
    public void Several_possible_phenotypes_are_none()
    {
        var profile = Profiles.Of(new Genotype
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C19"] = ["*1/*1", "*1/*2"] },
        });

        Assert.Empty(profile.Phenotypes);
        Assert.Empty(profile.Alleles);
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("0.5", 0.5)]
    public void A_score_that_was_reported_counts_with_its_phenotype(string score, double expected)
    {
        var profile = Profiles.Of(new Genotype { ActivityScores = new Dictionary<string, string> { ["DPYD"] = score } });

        Assert.Equal(expected, profile.ActivityScores["DPYD"]);
        Assert.True(profile.Phenotypes.ContainsKey("DPYD"));
    }

    [Fact]
    public void A_lower_bound_is_no_score()
    {
        var profile = Profiles.Of(new Genotype { ActivityScores = new Dictionary<string, string> { ["CYP2D6"] = "≥3.0" } });

        Assert.Empty(profile.ActivityScores);
        Assert.Equal("Ultrarapid Metabolizer", profile.Phenotypes["CYP2D6"]);
    }

    [Fact]
    public void Variants_without_phase_are_listed_one_by_one()
    {
        var profile = Profiles.OfVariants(("rs3918290", "C/T"), ("rs67376798", "T/A"), ("rs75017182", "G/C"));

        Assert.Equal(["c.1129-5923C>G", "c.1905+1G>A (*2A)", "c.2846A>T"], profile.Alleles["DPYD"]);
    }

    [Fact]
    public void A_single_copy_is_one_allele()
    {
        Assert.Equal(["A- 202A_376G"], Profiles.OfDiplotype("G6PD", "A- 202A_376G").Alleles["G6PD"]);
    }

    [Fact]
    public void Positions_that_a_panel_did_not_type_are_known_to_be_untyped()
    {
        var typed = Profiles.OfVariants(("rs3064744", "(TA)6/(TA)7"));
        var reported = Profiles.OfDiplotype("UGT1A1", "*1/*28");

        Assert.True(typed.UntypedVariants.IsSupersetOf(["rs4148323", "rs887829"]));
        Assert.DoesNotContain("rs3064744", (IEnumerable<string>)typed.UntypedVariants);
        Assert.Empty(reported.UntypedVariants);
    }

    public sealed class Hla
    {
        [Fact]
        public void Statements_of_presence_tell_about_their_alleles_only()
        {
            var profile = Profiles.OfDiplotype("HLA-B", "*57:01 negative", "*58:01 positive");

            Assert.Equal(new Dictionary<string, bool> { ["HLA-B*57:01"] = false, ["HLA-B*58:01"] = true }, profile.HlaAlleles);
            Assert.Empty(profile.Phenotypes);
            Assert.Empty(profile.ClinicalPhenotypes);
        }

        [Fact]
        public void Two_typed_alleles_tell_about_every_allele()
        {
            var profile = Profiles.OfDiplotype("HLA-B", "*15:02/*44:02");

            Assert.Equal(
                new Dictionary<string, bool>
                {
                    ["HLA-B*15:02"] = true, ["HLA-B*15:11"] = false, ["HLA-B*57:01"] = false, ["HLA-B*58:01"] = false,
                },
                profile.HlaAlleles);
        }

        [Fact]
        public void A_typing_by_group_leaves_its_own_group_open()
        {
            var profile = Profiles.OfDiplotype("HLA-B", "*15/*44:02");

            Assert.Equal(new Dictionary<string, bool> { ["HLA-B*57:01"] = false, ["HLA-B*58:01"] = false }, profile.HlaAlleles);
        }
    }
}
