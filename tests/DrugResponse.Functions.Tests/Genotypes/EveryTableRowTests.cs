using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Functions.Tests.Genotypes;

/// <summary>
/// Every row of the phenotype rules and of the recommendations is reached over HTTP by some input; what is expected is what the row
/// says (CPIC tables, releases as in the tables' headers).
/// </summary>
public sealed class EveryTableRowTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private static readonly string[] ScoredGenes = ["CYP2C9", "CYP2D6", "DPYD"];

    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Every_recommendation_is_found_by_its_keys()
    {
        var missed = new List<string>();
        foreach (var row in RecommendationTable.Default.All)
        {
            var answer = await _app.TranslateAsync(new JsonObject { ["genotype"] = GenotypeOf(row), ["candidates"] = new JsonArray(row.Drug) });
            var found = answer.AsTranslation().Drugs.SelectMany(drug => drug.Guidance).Any(action =>
                action.Population == row.Population
                && row.Keys.All(key => action.Genes.GetValueOrDefault(key.Gene.Value) == key.Key)
                && action.Action == row.Action.Action
                && action.DoseFactorMin == row.Action.DoseFactorMin
                && action.DoseFactorMax == row.Action.DoseFactorMax
                && action.DoseCapMgPerDay == row.Action.DoseCapMgPerDay
                && action.Strength == row.Action.Strength);
            if (!found)
                missed.Add($"{row.Drug} ({row.Population}): {string.Join("; ", row.Keys.Select(key => $"{key.Gene}={key.Key}"))}");
        }

        Assert.True(RecommendationTable.Default.All.Count > 2000);
        Assert.Empty(missed);
    }

    [Fact]
    public async Task Every_phenotype_rule_is_reached()
    {
        var missed = new List<string>();
        var reached = 0;
        foreach (var (gene, rule) in KnowledgeBase.Default.Genes.SelectMany(gene => gene.Rules.Select(rule => (gene, rule))))
        {
            // Scores between the published ranges come from halving by an inhibitor, which the test below reaches.
            if (rule.Kind == PhenotypeRuleKind.ScoreBetween)
                continue;
            if (InputFor(gene, rule) is not { } genotype)
            {
                missed.Add($"{gene}: nothing fits {rule}");
                continue;
            }

            var answer = await _app.TranslateAsync(new JsonObject { ["genotype"] = genotype });
            var result = Assert.Single(answer.AsTranslation().Phenotypes);
            if (result.Phenotype == rule.Phenotype.Term || result.Alleles?.Contains(rule.Phenotype.Term) == true)
                reached++;
            else
                missed.Add($"{gene} {genotype}: {result.Phenotype} instead of {rule}");
        }

        Assert.Empty(missed);
        Assert.True(reached > 150);
    }

    [Theory]
    [InlineData("*1/*1", "1.0", "Intermediate Metabolizer")] // 2.0 halved
    [InlineData("*1/*41", "0.625", "Intermediate Metabolizer")] // 1.25 halved
    [InlineData("*1x2/*1", "1.5", "Normal Metabolizer")] // 3.0 halved
    [InlineData("*4/*4", "0.0", "Poor Metabolizer")]
    public async Task Scores_between_the_published_ranges_are_classified_half_open(string diplotype, string score, string phenotype)
    {
        // CPIC opioid guideline, PMID 33387367: a moderate inhibitor (duloxetine) halves the CYP2D6 activity score.
        var answer = await _app.TranslateAsync(JsonNode.Parse(
            $$"""{ "genotype": { "diplotypes": { "CYP2D6": "{{diplotype}}" } }, "medications": [ { "drug": "duloxetine" } ] }""")!.AsObject());

        var gene = Assert.Single(answer.AsTranslation().Phenotypes);
        Assert.Equal(decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(gene.ClinicalActivityScore!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(phenotype, gene.ClinicalPhenotype);
    }

    private static JsonObject GenotypeOf(Recommendation row)
    {
        var diplotypes = new JsonObject();
        var phenotypes = new JsonObject();
        var scores = new JsonObject();
        foreach (var key in row.Keys)
        {
            var gene = key.Gene.Value;
            if (key.Key == RecommendationKey.NoResult)
                diplotypes[gene] = "not tested";
            else if (gene.StartsWith("HLA-", StringComparison.Ordinal))
                diplotypes[gene] = key.Key;
            else if (ScoredGenes.Contains(gene))
                scores[gene] = key.Key;
            else if (KnowledgeBase.Default.FindGene(gene)!.Lookup == RecommendationLookup.AlleleStatus)
                diplotypes[gene] = key.Key;
            else
                phenotypes[gene] = key.Key;
        }

        return new JsonObject { ["diplotypes"] = diplotypes, ["phenotypes"] = phenotypes, ["activityScores"] = scores };
    }

    // No allele of DPYD is without a value, so a score of n/a can only be reported by a laboratory.
    private static JsonObject? InputFor(Gene gene, PhenotypeRule rule)
    {
        if (rule.Kind == PhenotypeRuleKind.ScoreMissing)
            return new JsonObject { ["activityScores"] = new JsonObject { [gene.Symbol.Value] = "n/a" } };
        return DiplotypeFor(gene, rule) is { } diplotype
            ? new JsonObject { ["diplotypes"] = new JsonObject { [gene.Symbol.Value] = diplotype } }
            : null;
    }

    private static string? DiplotypeFor(Gene gene, PhenotypeRule rule) => rule.Kind switch
    {
        PhenotypeRuleKind.Presence => $"{rule.First} {(rule.Second == "present" ? "positive" : "negative")}",
        PhenotypeRuleKind.SingleFunction => gene.Haplotypes.FirstOrDefault(haplotype => haplotype.Function.Term == rule.First)?.Name,
        PhenotypeRuleKind.FunctionPair => Pair(gene, (first, second) =>
            (first.Function.Term == rule.First && second.Function.Term == rule.Second)
            || (first.Function.Term == rule.Second && second.Function.Term == rule.First)),
        _ => Pair(gene, (first, second) => Sum(first, second) is { IsMissing: false, IsLowerBound: false } sum && rule.Scores!.Contains(sum.Value)),
    };

    private static Pharmacogenomics.Phenotypes.ActivityScore? Sum(Haplotype first, Haplotype second) =>
        first.Activity is { } a && second.Activity is { } b ? a + b : null;

    private static string? Pair(Gene gene, Func<Haplotype, Haplotype, bool> fits)
    {
        foreach (var (index, first) in gene.Haplotypes.Index())
        {
            if (gene.Haplotypes.Skip(index).FirstOrDefault(second => fits(first, second)) is { } second)
                return $"{first.Name}/{second.Name}";
        }

        return null;
    }
}
