using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Pharmacogenomics.Tests.Phenoconversion;

public class PhenoconverterTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static ClinicalGeneResult Cyp2D6(GenotypeInterpretation genotype, params MedicationUse[] uses) =>
        Phenoconverter.Convert(genotype, uses, Today).Find("CYP2D6")!;

    private static MedicationUse Taking(params string[] names) => new(names);

    /// <summary>CPIC opioid guideline (PMID 33387367): strong inhibitor 0, moderate half, weak nothing; half-open classes.</summary>
    [Theory]
    [InlineData("*1/*1", "paroxetine", "0.0", "Poor Metabolizer")]
    [InlineData("*1x2/*2", "fluoxetine", "0.0", "Poor Metabolizer")]
    [InlineData("*4/*4", "bupropion", "0.0", "Poor Metabolizer")]
    [InlineData("*1/*22", "quinidine", "0.0", "Poor Metabolizer")]
    [InlineData("*1/*1", "duloxetine", "1.0", "Intermediate Metabolizer")]
    [InlineData("*1/*10", "duloxetine", "0.625", "Intermediate Metabolizer")]
    [InlineData("*4/*10", "mirabegron", "0.125", "Intermediate Metabolizer")]
    [InlineData("*4/*4", "duloxetine", "0.0", "Poor Metabolizer")]
    [InlineData("*1/*1x2", "duloxetine", "1.5", "Normal Metabolizer")]
    [InlineData("*2x2/*35x2", "duloxetine", "2.0", "Normal Metabolizer")]
    [InlineData("*1x2/*17", "abiraterone", "1.25", "Normal Metabolizer")]
    [InlineData("*1x≥3/*4", "duloxetine", "≥1.5", "Normal Metabolizer")]
    [InlineData("*1x≥3/*1x≥3", "duloxetine", "≥3.0", "Ultrarapid Metabolizer")]
    [InlineData("*1/*22", "duloxetine", "n/a", "Indeterminate")]
    [InlineData("*1/*2", "sertraline", "2.0", "Normal Metabolizer")]
    [InlineData("*1/*2", "rifampin", "2.0", "Normal Metabolizer")]
    public void Cyp2d6_follows_the_opioid_guideline(string diplotype, string drug, string score, string phenotype)
    {
        var genotype = Interpret.Diplotype("CYP2D6", diplotype);

        var result = Cyp2D6(genotype, Taking(drug));

        Assert.Equal(score, result.ClinicalActivityScore.ToString());
        Assert.Equal(phenotype, result.ClinicalPhenotype?.Term);
        Assert.Same(genotype.Only(), result.Genetic);
    }

    [Fact]
    public void A_halved_lower_bound_may_belong_to_a_higher_class_too()
    {
        var result = Cyp2D6(Interpret.Diplotype("CYP2D6", "*1x≥3/*4"), Taking("duloxetine"));

        Assert.Equal(["Normal Metabolizer", "Ultrarapid Metabolizer"], result.PossibleClinicalPhenotypes.Select(p => p.Term));
    }

    [Theory]
    [InlineData("Normal Metabolizer", "duloxetine", "Intermediate Metabolizer")]
    [InlineData("Intermediate Metabolizer", "duloxetine", "Intermediate Metabolizer")]
    [InlineData("Poor Metabolizer", "duloxetine", "Poor Metabolizer")]
    [InlineData("Ultrarapid Metabolizer", "duloxetine", null)]
    [InlineData("Ultrarapid Metabolizer", "paroxetine", "Poor Metabolizer")]
    [InlineData("Indeterminate", "paroxetine", "Poor Metabolizer")]
    public void A_reported_phenotype_is_converted_over_its_range_of_scores(string genetic, string drug, string? clinical)
    {
        var result = Cyp2D6(Interpret.Phenotype("CYP2D6", genetic), Taking(drug));

        Assert.Equal(clinical, result.ClinicalPhenotype?.Term);
        Assert.Equal(genetic, result.Genetic!.Phenotype?.Term);
    }

    [Fact]
    public void The_strongest_of_several_inhibitors_decides()
    {
        var result = Cyp2D6(Interpret.Diplotype("CYP2D6", "*1/*1"), Taking("duloxetine"), Taking("paroxetine"), Taking("mirabegron"));

        Assert.Equal("0.0", result.ClinicalActivityScore.ToString());
        Assert.Equal("paroxetine", Assert.Single(Assert.Single(result.Conversions).Perpetrations).Drug.Drug);
    }

    [Fact]
    public void Two_moderate_inhibitors_halve_once_and_are_both_named()
    {
        var result = Cyp2D6(Interpret.Diplotype("CYP2D6", "*1/*1"), Taking("duloxetine"), Taking("mirabegron"));

        Assert.Equal("1.0", result.ClinicalActivityScore.ToString());
        Assert.Equal(2, Assert.Single(result.Conversions).Perpetrations.Count);
    }

    [Fact]
    public void A_conversion_names_its_source_and_evidence()
    {
        var conversion = Assert.Single(Cyp2D6(Interpret.Diplotype("CYP2D6", "*1/*1"), Taking("paroxetine")).Conversions);

        Assert.True(conversion.IsApplied);
        Assert.Contains("33387367", conversion.Rule.Source, StringComparison.Ordinal);
        Assert.Equal("guideline", conversion.Rule.Evidence);
    }

    [Theory]
    [InlineData("CYP2C19", "*1/*1", "fluvoxamine")]
    [InlineData("CYP2C19", "*1/*1", "rifampin")]
    [InlineData("CYP2C9", "*1/*1", "fluconazole")]
    [InlineData("CYP2B6", "*1/*1", "carbamazepine")]
    [InlineData("CYP3A4", "*1/*1", "clarithromycin")]
    [InlineData("SLCO1B1", "*1/*1", "cyclosporine")]
    [InlineData("DPYD", "Reference/Reference", "brivudine")]
    public void Other_genes_keep_their_phenotype_and_warn(string gene, string diplotype, string drug)
    {
        var result = Phenoconverter.Convert(Interpret.Diplotype(gene, diplotype), [Taking(drug)], Today).Find(gene)!;

        Assert.Equal(result.Genetic!.Phenotype, result.ClinicalPhenotype);
        var conversion = Assert.Single(result.Conversions);
        Assert.False(conversion.IsApplied);
        Assert.NotEmpty(conversion.Rule.Evidence);
    }

    [Theory]
    [InlineData(null, null, false, "0.0")]
    [InlineData("2026-12-01", null, false, "2.0")]
    [InlineData(null, "2026-10-20", true, "0.0")]
    [InlineData(null, "2026-10-16", true, "0.0")]
    [InlineData(null, "2026-10-15", true, "2.0")]
    [InlineData(null, "2026-12-24", false, "0.0")]
    [InlineData(null, null, true, "2.0")]
    public void Dates_and_washout_are_respected(string? started, string? stopped, bool isStopped, string score)
    {
        // Fluoxetine counts for 35 days after the last dose.
        var use = new MedicationUse(["fluoxetine"], isStopped, ParseDate(started), ParseDate(stopped));

        var result = Cyp2D6(Interpret.Diplotype("CYP2D6", "*1/*1"), use);

        Assert.Equal(score, result.ClinicalActivityScore.ToString());
    }

    [Fact]
    public void A_drug_stopped_on_an_unknown_day_warns_without_converting()
    {
        var result = Cyp2D6(Interpret.Diplotype("CYP2D6", "*1/*1"), new MedicationUse(["paroxetine"], IsStopped: true));

        Assert.False(Assert.Single(result.Conversions).IsApplied);
    }

    [Fact]
    public void A_strong_inhibitor_decides_without_a_genotype()
    {
        var clinical = Phenoconverter.Convert(Interpret.Diplotype("CYP2C9", "*1/*1"), [Taking("paroxetine")], Today);

        var cyp2D6 = Assert.Single(clinical.WithoutGenotype, g => g.Gene.Symbol.Value == "CYP2D6");
        Assert.Null(cyp2D6.Genetic);
        Assert.Equal("Poor Metabolizer", cyp2D6.ClinicalPhenotype?.Term);
    }

    [Fact]
    public void A_combination_counts_when_all_its_parts_are_taken()
    {
        var genotype = Interpret.Diplotype("CYP3A4", "*1/*1");

        var both = Phenoconverter.Convert(genotype, [Taking("lopinavir"), Taking("ritonavir")], Today).Find("CYP3A4")!;
        var one = Phenoconverter.Convert(genotype, [Taking("lopinavir")], Today).Find("CYP3A4")!;

        Assert.Contains(both.Conversions.SelectMany(c => c.Perpetrations), p => p.Drug.Drug == "lopinavir/ritonavir");
        Assert.Empty(one.Conversions);
    }

    [Fact]
    public void Every_rule_names_a_known_gene_source_and_evidence()
    {
        Assert.All(PerpetratorTable.Default.Rules, r =>
        {
            Assert.NotNull(KnowledgeBase.Default.FindGene(r.Gene));
            Assert.NotEmpty(r.Source);
            Assert.NotEmpty(r.Evidence);
            Assert.Equal(r.Outcome == ConversionOutcome.ScoreFactor, r.Factor is not null);
            Assert.Contains(PerpetratorTable.Default.Drugs, d => d.Target == r.Target);
        });
    }

    private static DateOnly? ParseDate(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
