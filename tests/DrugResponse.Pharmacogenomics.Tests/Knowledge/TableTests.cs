using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Pharmacogenomics.Tests.Knowledge;

/// <summary>The tables beside the gene tables hold together: no orphan allele, gene or drug.</summary>
public class TableTests
{
    [Fact]
    public void Every_frequency_belongs_to_an_allele()
    {
        Assert.Equal(573, AlleleFrequencyTable.Default.All.Count);
        Assert.All(AlleleFrequencyTable.Default.All, f =>
        {
            Assert.NotNull(KnowledgeBase.Default.FindGene(f.Gene)!.FindHaplotype(f.Allele));
            Assert.InRange(f.Mean, 0, 1);
        });
    }

    [Fact]
    public void Every_drug_of_the_list_is_known_by_name_or_is_no_drug()
    {
        Assert.Equal(324, DrugCatalogue.Default.All.Count);
        Assert.All(DrugCatalogue.Default.All, d => Assert.NotNull(SubstanceCatalogue.Default.FindByName(d.Name)));
    }

    [Fact]
    public void Every_pair_names_a_gene_of_the_list()
    {
        var pairs = DrugCatalogue.Default.All.SelectMany(d => d.Genes).ToArray();

        Assert.Equal(574, pairs.Length);
        Assert.All(pairs, p => Assert.NotNull(KnowledgeBase.Default.FindGene(p.Gene)));
    }

    [Fact]
    public void Every_drug_with_guidance_is_on_the_list()
    {
        Assert.All(RecommendationTable.Default.Drugs, d => Assert.True(DrugCatalogue.Default.Find(d)!.HasGuidance));
        Assert.True(DrugCatalogue.Default.Find("warfarin")!.HasGuidance);
        Assert.False(DrugCatalogue.Default.Find("digoxin")!.HasGuidance);
    }

    [Fact]
    public void Every_perpetrator_is_known_by_name()
    {
        Assert.Equal(336, PerpetratorTable.Default.Drugs.Count);
        Assert.All(PerpetratorTable.Default.Drugs.SelectMany(d => d.Drug.Split('/')), part => Assert.NotNull(SubstanceCatalogue.Default.FindByName(part)));
    }

    [Fact]
    public void Every_table_names_its_source_release_and_licence()
    {
        var sources = KnowledgeBase.Default.Sources
            .Concat(RecommendationTable.Default.Sources)
            .Concat(PerpetratorTable.Default.Sources)
            .Concat(DrugCatalogue.Default.Sources)
            .Append(AlleleFrequencyTable.Default.Source)
            .Append(SubstanceCatalogue.Default.Source);

        Assert.All(sources, s => Assert.DoesNotContain("", new[] { s.About, s.Source, s.Release, s.Licence }));
    }

    [Fact]
    public void Ranges_of_scores_stand_from_the_lowest_to_the_highest()
    {
        foreach (var gene in KnowledgeBase.Default.Genes)
        {
            foreach (var kind in new[] { PhenotypeRuleKind.Score, PhenotypeRuleKind.ScoreBetween })
            {
                var starts = gene.Rules.Where(r => r.Kind == kind).Select(r => r.Scores!.Min).ToArray();
                Assert.Equal(starts.Order(), starts);
            }
        }
    }
}
