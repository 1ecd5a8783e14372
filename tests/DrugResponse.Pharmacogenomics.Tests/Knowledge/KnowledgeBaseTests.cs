using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Tests.Knowledge;

public class KnowledgeBaseTests
{
    private static readonly KnowledgeBase Facts = KnowledgeBase.Default;

    public static TheoryData<string> InterpretedGenes() => [.. Facts.Genes.Where(g => g.IsInterpreted).Select(g => g.Symbol.Value)];

    [Fact]
    public void The_gene_list_is_complete()
    {
        Assert.Equal(132, Facts.Genes.Count);
        Assert.Equal(23, Facts.Genes.Count(g => g.IsInterpreted));
        Assert.Equal(1397, Facts.Genes.Sum(g => g.Haplotypes.Count));
    }

    [Fact]
    public void Every_table_names_its_source_release_and_licence()
    {
        Assert.All(Facts.Sources, s =>
        {
            Assert.NotEmpty(s.About);
            Assert.NotEmpty(s.Source);
            Assert.NotEmpty(s.Release);
            Assert.NotEmpty(s.Licence);
        });
    }

    [Fact]
    public void A_definition_names_the_bases_at_each_position()
    {
        var gene = Facts.FindGene("SLCO1B1")!;

        var definition = gene.DefinitionOf("*15")!;

        Assert.Equal(
            ["rs2306283 G", "rs4149056 C"],
            definition.Select(static variant => $"{variant.Position.Name} {string.Join('/', variant.Bases)}"));
        Assert.Equal(gene.Positions.Count, gene.DefinitionOf("*1")!.Count);
        Assert.Null(gene.DefinitionOf("*45"));
        Assert.Null(gene.DefinitionOf("*9999"));
    }

    [Theory]
    [MemberData(nameof(InterpretedGenes))]
    public void Every_pair_of_assigned_functions_has_one_rule(string symbol)
    {
        var gene = Facts.FindGene(symbol)!;
        if (gene.Method is not (PhenotypeMethod.FunctionPair or PhenotypeMethod.Genotype) || gene.Ploidy == Ploidy.Mitochondrial)
            return;

        var functions = gene.Haplotypes.Select(h => h.Function).Where(f => f.IsAssigned).Distinct().ToArray();
        foreach (var first in functions)
        {
            foreach (var second in functions)
            {
                Assert.Single(gene.Rules, r => r.Kind == PhenotypeRuleKind.FunctionPair
                    && ((r.First == first.Term && r.Second == second.Term) || (r.First == second.Term && r.Second == first.Term)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InterpretedGenes))]
    public void Every_function_that_a_rule_names_belongs_to_an_allele(string symbol)
    {
        var gene = Facts.FindGene(symbol)!;
        var functions = gene.Haplotypes.Select(h => h.Function.Term).ToHashSet();

        Assert.All(gene.Rules.Where(r => r.Kind == PhenotypeRuleKind.FunctionPair), r => Assert.Contains(r.First, functions));
        Assert.All(gene.Rules.Where(r => r.Kind == PhenotypeRuleKind.FunctionPair), r => Assert.Contains(r.Second, functions));
        Assert.All(gene.Rules.Where(r => r.Kind == PhenotypeRuleKind.SingleFunction), r => Assert.Contains(r.First, functions));
    }

    [Theory]
    [MemberData(nameof(InterpretedGenes))]
    public void Every_pair_and_single_rule_is_reached_by_alleles_of_its_functions(string symbol)
    {
        var gene = Facts.FindGene(symbol)!;
        foreach (var rule in gene.Rules.Where(r => r.Kind is PhenotypeRuleKind.FunctionPair or PhenotypeRuleKind.SingleFunction))
        {
            var first = gene.Haplotypes.First(h => h.Function.Term == rule.First);
            var second = rule.Kind == PhenotypeRuleKind.FunctionPair ? gene.Haplotypes.First(h => h.Function.Term == rule.Second) : null;

            var found = PhenotypeAssigner.Assign(gene, new DrugResponse.Pharmacogenomics.Genotypes.Diplotype(first, second));

            Assert.Same(rule, found.Rule);
            Assert.Equal(rule.Phenotype, found.Phenotype);
        }
    }

    [Theory]
    [InlineData("CYP2C9")]
    [InlineData("CYP2D6")]
    [InlineData("DPYD")]
    public void Every_score_that_two_alleles_can_have_lies_in_one_range(string symbol)
    {
        var gene = Facts.FindGene(symbol)!;
        var values = gene.Haplotypes.Select(h => h.Activity!.Value).Where(a => !a.IsMissing).Select(a => a.Value).Distinct().ToArray();

        foreach (var sum in values.SelectMany(a => values.Select(b => a + b)).Distinct())
            Assert.Single(gene.Rules, r => r.Kind == PhenotypeRuleKind.Score && r.Scores!.Contains(sum));
    }

    [Fact]
    public void Classes_of_halved_scores_leave_no_gap_and_do_not_overlap()
    {
        var classes = Facts.FindGene("CYP2D6")!.Rules.Where(r => r.Kind == PhenotypeRuleKind.ScoreBetween).ToArray();

        for (var value = 0m; value <= 12m; value += 0.125m)
            Assert.Single(classes, r => r.Scores!.Contains(value));
    }

    [Fact]
    public void Published_ranges_and_classes_of_halved_scores_agree()
    {
        var rules = Facts.FindGene("CYP2D6")!.Rules;

        foreach (var value in Enumerable.Range(0, 48).Select(i => i * 0.25m))
        {
            var published = rules.Single(r => r.Kind == PhenotypeRuleKind.Score && r.Scores!.Contains(value));
            var halved = rules.Single(r => r.Kind == PhenotypeRuleKind.ScoreBetween && r.Scores!.Contains(value));
            Assert.Equal(published.Phenotype, halved.Phenotype);
        }
    }

    [Theory]
    [MemberData(nameof(InterpretedGenes))]
    public void Every_defined_allele_is_told_apart_from_the_reference(string symbol)
    {
        var gene = Facts.FindGene(symbol)!;

        Assert.All(gene.Positions, p => Assert.Equal(p.Bases.Count, p.Bases.Distinct().Count()));
        Assert.Equal(gene.Positions.OrderBy(p => p.Position).Select(p => p.Position), gene.Positions.Select(p => p.Position));
        Assert.Equal(gene.Positions.Count > 0, gene.Reference is not null);
    }

    [Theory]
    [MemberData(nameof(InterpretedGenes))]
    public void Every_name_of_the_allele_table_is_found(string symbol)
    {
        var gene = Facts.FindGene(symbol)!;

        Assert.All(gene.Haplotypes, h => Assert.Same(h, gene.FindHaplotype(h.Name)));
    }

    [Fact]
    public void Every_gene_with_rules_names_their_source()
    {
        Assert.All(Facts.Genes, g => Assert.Equal(g.Rules.Count > 0, g.RuleSource.Length > 0));
    }

    [Fact]
    public void A_gene_is_found_in_any_letter_case()
    {
        Assert.Same(Facts.FindGene("CYP2C9"), Facts.FindGene("cyp2c9"));
        Assert.Null(Facts.FindGene("CYP2X9"));
    }

    [Fact]
    public void Activity_values_exist_for_the_scored_genes_only()
    {
        Assert.All(Facts.Genes, g => Assert.All(g.Haplotypes, h => Assert.Equal(g.Method == PhenotypeMethod.ActivityScore, h.Activity is not null)));
        Assert.Equal(ActivityScore.Of(3m, atLeast: true), Facts.FindGene("CYP2D6")!.FindHaplotype("*1x≥3")!.Activity);
    }
}
