using System.Globalization;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>
/// Warfarin: the guideline has no table by phenotype but a flow chart, which asks for a dosing algorithm and corrects its dose.
/// </summary>
/// <remarks>Source: CPIC guideline for pharmacogenetics-guided warfarin dosing, 2017, PMID 28198005.</remarks>
internal static class WarfarinGuidance
{
    public const string Drug = "warfarin";

    private const string Adults = "adults";
    private const string Children = "pediatrics";
    private const string StrengthDependsOnAncestry = "strength-depends-on-ancestry";
    private static readonly string[] AfricanAlleles = ["*5", "*6", "*8", "*11"];
    private static readonly Lazy<Dictionary<(string Name, string Population), Rule>> Rules =
        new(() => ReadRules().ToDictionary(rule => (rule.Name, rule.Population)));

    /// <summary>The genes that the flow chart looks at.</summary>
    private static readonly GeneSymbol[] Genes = [GeneSymbol.Parse("CYP2C9"), GeneSymbol.Parse("CYP4F2"), GeneSymbol.Parse("VKORC1")];

    /// <summary>The populations that the flow charts are for.</summary>
    public static IReadOnlyList<string> Populations { get; } = [Adults, Children];

    public static DrugGuidance Find(ClinicalGenotype genotype, GuidanceContext context)
    {
        var genes = genotype.Genetic;
        List<GuidanceMatch> matches = [];
        if (context.IsAdult != false)
            AddAdults(matches, genes, context);
        if (context.IsAdult != true)
            AddChildren(matches, genes, context);

        GeneSymbol[] needed = [.. Genes.Where(g => genes.Find(g.Value)?.MostLikelyDiplotype is null)];
        var status = matches.Count > 0 ? GuidanceStatus.Found
            : needed.Length == Genes.Length ? GuidanceStatus.GenotypeMissing
            : GuidanceStatus.NoGuidelineAction;
        return new DrugGuidance(Drug, status, matches, needed);
    }

    private static void AddAdults(List<GuidanceMatch> matches, GenotypeInterpretation genes, GuidanceContext context)
    {
        var cyp2C9 = genes.Find("CYP2C9");
        if (cyp2C9?.MostLikelyDiplotype is { } diplotype)
        {
            if (genes.Find("VKORC1")?.MostLikelyDiplotype is not null)
                Add(context.IsAfrican == true && !AfricanAllelesTested(cyp2C9) ? "algorithm-not-valid" : "algorithm");
            if (AfricanAlleles.Any(a => diplotype.CountOf(a) > 0))
                Add("cyp2c9-5-6-8-11");
            if (cyp2C9.Phenotype?.Term == "Poor Metabolizer")
                Add("cyp2c9-poor");
        }

        if (context.IsAfrican != true && CarriesCyp4F2Star3(genes))
            Add("cyp4f2-3");
        if (context.IsAfrican == true && genes.Variants.TryGetValue("rs12777823", out var variant) && variant.CountOf("A") > 0)
            Add("rs12777823");

        void Add(string rule) => matches.Add(Match(rule, Adults, genes, context));
    }

    private static void AddChildren(List<GuidanceMatch> matches, GenotypeInterpretation genes, GuidanceContext context)
    {
        if (genes.Find("CYP2C9")?.MostLikelyDiplotype is null || genes.Find("VKORC1")?.MostLikelyDiplotype is null)
            return;
        if (context.IsEuropean != false)
            matches.Add(Match("pediatric-algorithm", Children, genes, context));
        if (context.IsEuropean != true)
            matches.Add(Match("pediatric-clinical", Children, genes, context));
    }

    private static GuidanceMatch Match(string name, string population, GenotypeInterpretation genes, GuidanceContext context)
    {
        var rule = Rules.Value[(name, population)];
        var keys = new RecommendationKey[rule.Genes.Length];
        List<string> reservations = [];
        for (var i = 0; i < keys.Length; i++)
        {
            var result = genes.Find(rule.Genes[i].Value);
            keys[i] = Key(rule.Genes[i], result);
            if (result is not null)
                reservations.AddRange(KeyFinder.ForGenetic(result, []).Reservations.Except(reservations));
        }

        var strength = context.IsAfrican switch
        {
            true => rule.StrengthAfrican,
            false => rule.StrengthOther,
            null => rule.StrengthOther.Length > 0 ? rule.StrengthOther : rule.StrengthAfrican,
        };
        if (context.IsAfrican is null && rule.StrengthAfrican != rule.StrengthOther)
            reservations.Add(StrengthDependsOnAncestry);

        var action = rule.Action with { Strength = strength };
        return new GuidanceMatch(new Recommendation(Drug, population, keys, action, rule.Guideline), GuidanceBasis.Both, reservations);
    }

    private static RecommendationKey Key(GeneSymbol gene, GeneResult? result)
    {
        var diplotype = result?.MostLikelyDiplotype?.ToString() ?? RecommendationKey.NoResult;
        return new RecommendationKey(gene, diplotype, result?.Phenotype?.Term ?? diplotype, []);
    }

    /// <summary>Whether the alleles that matter in African ancestry can be excluded or were found.</summary>
    private static bool AfricanAllelesTested(GeneResult cyp2C9) =>
        !cyp2C9.MissingPositions.Any(m => m.AllelesNotExcluded.Any(AfricanAlleles.Contains));

    private static bool CarriesCyp4F2Star3(GenotypeInterpretation genes) =>
        genes.Find("CYP4F2")?.MostLikelyDiplotype?.CountOf("*3") > 0
        || (genes.Variants.TryGetValue("rs2108622", out var variant) && variant.CountOf("T") > 0);

    private static List<Rule> ReadRules()
    {
        var table = EmbeddedTable.Open("warfarin_rules");
        var guideline = new Guideline("CYP2C9, VKORC1, CYP4F2 and Warfarin", ["28198005"], table.Source.Release);
        var rows = table.Rows(new StringPool());
        List<Rule> rules = [];
        while (rows.Read())
        {
            var name = rows.NextText();
            var population = rows.NextText();
            GeneSymbol[] genes = [.. rows.NextText().Split(';').Select(GeneSymbol.Parse)];
            var action = rows.NextText();
            var fallback = rows.NextText();
            var factorMin = Number(rows.NextText());
            var factorMax = Number(rows.NextText());
            var african = rows.NextText();
            var other = rows.NextText();
            var qualifiers = rows.NextText().Split(',', StringSplitOptions.RemoveEmptyEntries);
            rules.Add(new Rule(
                name, population, genes,
                new GuidanceAction(action, fallback.Length == 0 ? null : fallback, null, factorMin, factorMax, null, [], qualifiers, other),
                african, other, guideline));
        }

        return rules;
    }

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Rule(
        string Name,
        string Population,
        GeneSymbol[] Genes,
        GuidanceAction Action,
        string StrengthAfrican,
        string StrengthOther,
        Guideline Guideline);
}
