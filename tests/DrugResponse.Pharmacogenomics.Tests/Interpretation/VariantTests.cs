using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Tests.Interpretation;

public class VariantTests
{
    [Theory]
    [InlineData("C/T", "-1639 AG", false)]
    [InlineData("T/C", "-1639 AG", false)]
    [InlineData("CC", "-1639 GG", false)]
    [InlineData("G/A", "-1639 AG", true)]
    [InlineData("A/A", "-1639 AA", true)]
    public void Either_strand_is_read_where_it_can_be_told(string bases, string phenotype, bool complemented)
    {
        var interpretation = Interpret.Variants(("rs9923231", bases));

        Assert.Equal(phenotype, interpretation.Only().Phenotype?.Term);
        Assert.Equal(complemented, interpretation.Warnings.Any(w => w.Code == WarningCodes.ComplementStrand));
    }

    [Fact]
    public void A_palindromic_variant_is_read_as_forward_with_a_warning()
    {
        var interpretation = Interpret.Variants(("rs67376798", "A/A"));

        Assert.Equal("c.2846A>T/c.2846A>T", Assert.Single(interpretation.Only().Diplotypes).ToString());
        Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.PalindromicVariant);
    }

    [Fact]
    public void Letters_of_the_other_strand_are_refused_where_they_prove_nothing()
    {
        // rs7900194 is G>A,T: A and T are each other's complement, so C cannot be turned into G.
        var interpretation = Interpret.Variants(("rs7900194", "C/T"));

        Assert.Equal("/variants/rs7900194", Assert.Single(interpretation.Faults).Path);
    }

    [Fact]
    public void A_warfarin_panel_gives_the_likeliest_diplotype_and_says_what_is_missing()
    {
        var interpretation = Interpret.Variants(("rs1799853", "C/T"), ("rs1057910", "A/A"));

        var result = interpretation.Only();

        Assert.Equal(["*1/*2"], result.Diplotypes.Select(d => d.ToString()));
        Assert.Equal("1.5", result.ActivityScore.ToString());
        Assert.Equal(CallSource.Variants, result.Source);
        Assert.Equal(81, result.MissingPositions.Count);
        Assert.Contains(result.MissingPositions, m => m.AllelesNotExcluded.Contains("*8") && m.IsTier1);
        var warning = Assert.Single(interpretation.Warnings, w => w.Code == WarningCodes.PositionsMissing);
        Assert.Contains("not excluded: *5; *6; *8; *11; ", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rs4149056", "C/T", "SLCO1B1", "*1/*5", "Decreased Function")]
    [InlineData("rs4149056", "C/C", "SLCO1B1", "*5/*5", "Poor Function")]
    [InlineData("rs4149056", "A/G", "SLCO1B1", "*1/*5", "Decreased Function")]
    [InlineData("rs776746", "C/C", "CYP3A5", "*3/*3", "Poor Metabolizer")]
    [InlineData("rs2108622", "C/T", "CYP4F2", "*1/*3", null)]
    [InlineData("rs3918290", "C/T", "DPYD", "Reference/c.1905+1G>A (*2A)", "Intermediate Metabolizer")]
    [InlineData("rs75017182", "G/C", "DPYD", "Reference/c.1129-5923C>G", "Intermediate Metabolizer")]
    [InlineData("rs56038477", "C/T", "DPYD", "Reference/c.1129-5923C>G, c.1236G>A (HapB3)", "Intermediate Metabolizer")]
    [InlineData("rs4244285", "G/A", "CYP2C19", "*1/*2", "Intermediate Metabolizer")]
    [InlineData("rs12248560", "T/T", "CYP2C19", "*17/*17", "Ultrarapid Metabolizer")]
    [InlineData("rs116855232", "C/T", "NUDT15", "*1/*3", "Intermediate Metabolizer")]
    [InlineData("rs3745274", "G/T", "CYP2B6", "*1/*9", "Intermediate Metabolizer")]
    [InlineData("rs3064744", "CAT/CATAT", "UGT1A1", "*1/*28", "Intermediate Metabolizer")]
    [InlineData("rs8175347", "(TA)6/(TA)7", "UGT1A1", "*1/*28", "Intermediate Metabolizer")]
    [InlineData("rs8175347", "7/7", "UGT1A1", "*28/*28", "Poor Metabolizer")]
    [InlineData("rs9332131", "A/-", "CYP2C9", "*1/*6", "Intermediate Metabolizer")]
    [InlineData("rs9332131", "T/del", "CYP2C9", "*1/*6", "Intermediate Metabolizer")]
    [InlineData("rs72549309", "I/D", "DPYD", "Reference/c.295_298delTCAT (*7)", "Intermediate Metabolizer")]
    [InlineData("rs41303343", "-/A", "CYP3A5", "*1/*7", "Intermediate Metabolizer")]
    [InlineData("rs267606617", "G", "MT-RNR1", "m.1555A>G", "increased risk of aminoglycoside-induced hearing loss")]
    public void One_typed_position_gives_the_allele_that_it_alone_defines(
        string rsId, string bases, string gene, string diplotype, string? phenotype)
    {
        var result = Interpret.Variants((rsId, bases)).Only();

        Assert.Equal(gene, result.Gene.Symbol.Value);
        Assert.Equal([diplotype], result.Diplotypes.Select(d => d.ToString()));
        Assert.Equal(phenotype, result.Phenotype?.Term);
        Assert.Equal(gene is "VKORC1", result.MissingPositions.Count == 0);
    }

    [Fact]
    public void Cyp2d6_is_not_called_from_variants()
    {
        var interpretation = Interpret.Variants(("rs3892097", "T/T"));

        Assert.Equal(CallState.NotCalled, interpretation.Only().State);
        Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.NotCallable);
    }

    [Fact]
    public void An_unknown_variant_is_reported_and_left_out()
    {
        var interpretation = Interpret.Variants(("rs1", "A/G"));

        Assert.Empty(interpretation.Faults);
        Assert.Empty(interpretation.Genes);
        Assert.Equal(WarningCodes.UnknownVariant, Assert.Single(interpretation.Warnings).Code);
    }

    [Fact]
    public void Observed_bases_are_kept_by_rs_id_on_the_forward_strand()
    {
        var interpretation = Interpret.Variants(("rs9923231", "G/A"), ("rs12777823", "G/A"));

        Assert.Equal(1, interpretation.Variants["rs9923231"].CountOf("T"));
        Assert.Equal(1, interpretation.Variants["rs12777823"].CountOf("A"));
    }

    [Fact]
    public void A_diplotype_outranks_variants_that_contradict_it()
    {
        var interpretation = GenotypeInterpreter.Default.Interpret(new GenotypeInput
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*1/*1"] },
            Variants = new Dictionary<string, string> { ["rs1799853"] = "C/T" },
        });

        Assert.Equal("*1/*1", Assert.Single(interpretation.Only().Diplotypes).ToString());
        var warning = Assert.Single(interpretation.Warnings, w => w.Code == WarningCodes.ConflictingInput);
        Assert.Equal("/variants/rs1799853", warning.Path);
    }

    [Fact]
    public void A_score_outranks_a_phenotype_that_contradicts_it()
    {
        var interpretation = GenotypeInterpreter.Default.Interpret(new GenotypeInput
        {
            ActivityScores = new Dictionary<string, string> { ["CYP2D6"] = "0.5" },
            Phenotypes = new Dictionary<string, string> { ["CYP2D6"] = "Normal Metabolizer" },
        });

        Assert.Equal("Intermediate Metabolizer", interpretation.Only().Phenotype?.Term);
        Assert.Equal("/phenotypes/CYP2D6", Assert.Single(interpretation.Warnings).Path);
    }

    [Theory]
    [InlineData("CYP2D6", "poor metaboliser", "Poor Metabolizer")]
    [InlineData("CYP2D6", "UM", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "ultra-rapid metabolizer", "Ultrarapid Metabolizer")]
    [InlineData("CYP2C19", "Extensive Metabolizer", "Normal Metabolizer")]
    [InlineData("SLCO1B1", "decreased function", "Decreased Function")]
    [InlineData("VKORC1", "-1639 A/G", "-1639 AG")]
    [InlineData("G6PD", "deficient", "Deficient")]
    public void A_reported_phenotype_is_read_in_common_wordings(string gene, string text, string phenotype)
    {
        Assert.Equal(phenotype, Interpret.Phenotype(gene, text).Only().Phenotype?.Term);
    }
}
