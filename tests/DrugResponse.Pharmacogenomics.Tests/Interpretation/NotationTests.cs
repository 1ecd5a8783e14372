using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Tests.Interpretation;

public class NotationTests
{
    [Theory]
    [InlineData("CYP2D6", "*1x2/*4", "*1x2/*4", "2.0", "Normal Metabolizer")]
    [InlineData("CYP2D6", "*4/*1x2", "*1x2/*4", "2.0", "Normal Metabolizer")]
    [InlineData("CYP2D6", "*1/*2x3", "*1/*2x3", "4.0", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "*1/*2x≥3", "*1/*2x≥3", "≥4.0", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "*1/*2x>=3", "*1/*2x≥3", "≥4.0", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "*1 / *2 X >= 3", "*1/*2x≥3", "≥4.0", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "*1/*2≥3", "*1/*2x≥3", "≥4.0", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "*1/*2xN", "*1/*2x≥2", "≥3.0", "Ultrarapid Metabolizer")]
    [InlineData("CYP2D6", "*36+*10/*1", "*1/*36 + *10", "1.25", "Normal Metabolizer")]
    [InlineData("CYP2D6", "*10+*36/*1", "*1/*36 + *10", "1.25", "Normal Metabolizer")]
    [InlineData("CYP2D6", "*36+*36+*10/*41", "*36x2 + *10/*41", "0.5", "Intermediate Metabolizer")]
    [InlineData("CYP2D6", "*13+*2/*4", "*4/*13 + *2", "1.0", "Intermediate Metabolizer")]
    [InlineData("CYP2D6", "*13+*68x2+*4/*1", "*1/*13 + *68x2 + *4", "1.0", "Intermediate Metabolizer")]
    [InlineData("CYP2D6", "*4.001/*1", "*1/*4", "1.0", "Intermediate Metabolizer")]
    [InlineData("CYP2D6", "*14A/*1", "*1/*114", "1.0", "Intermediate Metabolizer")]
    [InlineData("CYP2D6", "CYP2D6*1/CYP2D6*2", "*1/*2", "2.0", "Normal Metabolizer")]
    [InlineData("CYP2C9", "*2|*3", "*2/*3", "0.5", "Poor Metabolizer")]
    [InlineData("CYP2C9", "*10/*2", "*2/*10", "n/a", "Indeterminate")]
    [InlineData("DPYD", "c.1905+1G>A (*2A)/Reference", "Reference/c.1905+1G>A (*2A)", "1.0", "Intermediate Metabolizer")]
    [InlineData("DPYD", "c.1905+1G>A/Reference", "Reference/c.1905+1G>A (*2A)", "1.0", "Intermediate Metabolizer")]
    [InlineData("DPYD", "*1/*2A", "Reference/c.1905+1G>A (*2A)", "1.0", "Intermediate Metabolizer")]
    [InlineData("DPYD", "HapB3/*13", "c.1129-5923C>G, c.1236G>A (HapB3)/c.1679T>G (*13)", "0.5", "Poor Metabolizer")]
    [InlineData("DPYD", "c.2846A>T (heterozygous)", "Reference/c.2846A>T", "1.5", "Intermediate Metabolizer")]
    [InlineData("DPYD", "c.2846A>T (homozygous)", "c.2846A>T/c.2846A>T", "1.0", "Intermediate Metabolizer")]
    [InlineData("DPYD", "[c.498G>A + c.2582A>G]/[c.2846A>T + c.2933A>G]", "[c.498G>A + c.2582A>G]/[c.2846A>T + c.2933A>G]", "1.0", "Intermediate Metabolizer")]
    [InlineData("TPMT", "*3C/*3A", "*3A/*3C", "", "Poor Metabolizer")]
    [InlineData("UGT1A1", "*80+*28/*1", "*1/*80+*28", "", "Intermediate Metabolizer")]
    [InlineData("UGT1A1", "(TA)6/(TA)7", "*1/*28", "", "Intermediate Metabolizer")]
    [InlineData("SLCO1B1", "*1b/*5", "*5/*37", "", "Decreased Function")]
    [InlineData("G6PD", "B (reference)", "B (reference)", "", "Normal")]
    [InlineData("G6PD", "Mediterranean", "Mediterranean, Dallas, Panama, Sassari, Cagliari, Birmingham", "", "Deficient")]
    [InlineData("G6PD", "A- 202A_376G/B", "B (reference)/A- 202A_376G", "", "Variable")]
    [InlineData("MT-RNR1", "m.1555A>G", "m.1555A>G", "", "increased risk of aminoglycoside-induced hearing loss")]
    [InlineData("MT-RNR1", "Reference", "Reference", "", "normal risk of aminoglycoside-induced hearing loss")]
    [InlineData("RYR1", "Reference/c.7300G>A", "Reference/c.7300G>A", "", "Malignant Hyperthermia Susceptibility")]
    [InlineData("CACNA1S", "WT/c.520C>T", "Reference/c.520C>T", "", "Malignant Hyperthermia Susceptibility")]
    [InlineData("CFTR", "G551D/F508del", "ivacaftor non-responsive CFTR sequence/G551D", "", "ivacaftor responsive in CF patients")]
    [InlineData("CYP3A5", "*3A/*1A", "*1/*3", "", "Intermediate Metabolizer")]
    [InlineData("ABCG2", "rs2231142 variant (T)/rs2231142 reference (G)", "rs2231142 reference (G)/rs2231142 variant (T)", "", "Decreased Function")]
    [InlineData("ABCG2", "rs2231142 G/T", "rs2231142 reference (G)/rs2231142 variant (T)", "", "Decreased Function")]
    [InlineData("ABCG2", "c.421C>A A/A", "rs2231142 variant (T)/rs2231142 variant (T)", "", "Poor Function")]
    [InlineData("VKORC1", "rs9923231 T/T", "rs9923231 variant (T)/rs9923231 variant (T)", "", "-1639 AA")]
    [InlineData("VKORC1", "-1639G>A A/G", "rs9923231 reference (C)/rs9923231 variant (T)", "", "-1639 AG")]
    [InlineData("VKORC1", "-1639 AG", "rs9923231 reference (C)/rs9923231 variant (T)", "", "-1639 AG")]
    [InlineData("VKORC1", "G/A", "rs9923231 reference (C)/rs9923231 variant (T)", "", "-1639 AG")]
    public void A_diplotype_is_understood_however_it_is_written(
        string gene, string text, string canonical, string score, string phenotype)
    {
        var result = Interpret.Diplotype(gene, text).Only();

        Assert.Equal(canonical, Assert.Single(result.Diplotypes).ToString());
        Assert.Equal(score, result.ActivityScore?.ToString() ?? "");
        Assert.Equal(phenotype, result.Phenotype?.Term);
    }

    [Theory]
    [InlineData("CYP4F2", "*1/*3")]
    [InlineData("IFNL3", "rs12979860 T/T")]
    public void A_gene_without_phenotype_rules_has_alleles_only(string gene, string text)
    {
        var result = Interpret.Diplotype(gene, text).Only();

        Assert.Single(result.Diplotypes);
        Assert.Equal(CallState.Called, result.State);
        Assert.Null(result.Phenotype);
    }

    [Fact]
    public void A_duplication_of_an_unknown_allele_keeps_both_readings()
    {
        var result = Interpret.Diplotype("CYP2D6", "(*1/*4)xN").Only();

        Assert.Equal(["*1x≥2/*4", "*1/*4x≥2"], result.Diplotypes.Select(d => d.ToString()));
        Assert.Equal(CallState.Ambiguous, result.State);
        Assert.Null(result.Phenotype);
        Assert.Equal(
            ["Normal Metabolizer", "Ultrarapid Metabolizer", "Intermediate Metabolizer"],
            result.PossiblePhenotypes.Select(p => p.Term));
    }

    [Fact]
    public void An_allele_without_a_function_gives_no_phenotype()
    {
        var interpretation = Interpret.Diplotype("CYP2C19", "*1/*40");

        Assert.Null(interpretation.Only().Phenotype);
        Assert.Equal(CallState.Indeterminate, interpretation.Only().State);
        Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.FunctionNotAssigned);
    }

    [Fact]
    public void Not_tested_is_not_normal()
    {
        var result = Interpret.Diplotype("CYP2C19", "not tested").Only();

        Assert.Equal(CallState.NotProvided, result.State);
        Assert.Null(result.Phenotype);
        Assert.Empty(result.Diplotypes);
    }

    [Theory]
    [InlineData("*57:01 positive", "*57:01 positive")]
    [InlineData("B*57:01 not detected", "*57:01 negative")]
    [InlineData("HLA-B*15:02:01 present", "*15:02 positive")]
    [InlineData("*57:01/*44:02", "*15:02 negative; *15:11 negative; *57:01 positive; *58:01 negative")]
    [InlineData("*44:02/*07:02", "*15:02 negative; *15:11 negative; *57:01 negative; *58:01 negative")]
    [InlineData("*57 negative", "*57:01 negative")]
    public void An_hla_allele_is_present_or_absent(string text, string status)
    {
        var result = Interpret.Diplotype("HLA-B", text).Only();

        Assert.Equal(status, result.Phenotype?.Term);
    }

    [Fact]
    public void A_typing_of_low_resolution_leaves_the_allele_open()
    {
        var interpretation = Interpret.Diplotype("HLA-B", "*57/*44");

        var status = Assert.Single(interpretation.Only().AlleleStatuses, s => s.Allele == "*57:01");

        Assert.Null(status.IsPresent);
        Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.LowResolution);
    }

    [Fact]
    public void Several_hla_alleles_are_joined()
    {
        var result = Interpret.Diplotype("HLA-B", "*57:01 negative", "*58:01 positive").Only();

        Assert.Equal("*57:01 negative; *58:01 positive", result.Phenotype?.Term);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var interpretation = GenotypeInterpreter.Default.Interpret(new GenotypeInput
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>>
            {
                ["CYP2X9"] = ["*1/*2"],
                ["CYP2C9"] = ["*1/*999"],
                ["CYP2C19"] = ["*1"],
                ["TPMT"] = ["*1/*2/*3A"],
                ["HLA-B"] = ["rubbish"],
            },
            Phenotypes = new Dictionary<string, string> { ["CYP2D6"] = "Sleepy" },
            ActivityScores = new Dictionary<string, string> { ["DPYD"] = "0.75", ["TPMT"] = "1" },
            Variants = new Dictionary<string, string> { ["rs9923231"] = "C/A", ["9923231"] = "C/T" },
        });

        Assert.Equal(
            [
                "/activityScores/DPYD", "/activityScores/TPMT", "/diplotypes/CYP2C19", "/diplotypes/CYP2C9", "/diplotypes/CYP2X9",
                "/diplotypes/HLA-B", "/diplotypes/TPMT", "/phenotypes/CYP2D6", "/variants/9923231", "/variants/rs9923231",
            ],
            interpretation.Faults.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("*qz1")]
    [InlineData("*1/*qz1")]
    [InlineData("*qz1/*1")]
    [InlineData("*qz1/*qz2")]
    [InlineData("*1/*qz1/*qz2")]
    public void A_fault_does_not_repeat_the_value(string diplotype)
    {
        var fault = Assert.Single(Interpret.Diplotype("CYP2C9", diplotype).Faults);

        Assert.DoesNotContain("qz", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("CYP2C9 ", fault.Message, StringComparison.Ordinal);
    }
}
