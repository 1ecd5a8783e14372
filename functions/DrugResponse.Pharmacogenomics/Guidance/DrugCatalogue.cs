using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>The drugs of the CPIC drug list, with their codes, genes and guidelines.</summary>
/// <remarks>Read on first use; immutable and safe to share between threads.</remarks>
public sealed class DrugCatalogue
{
    private static readonly Lazy<DrugCatalogue> Shared = new(() => new DrugCatalogue());
    private readonly Dictionary<string, DrugFacts> _byName;

    private DrugCatalogue()
    {
        var pool = new StringPool();
        var drugs = EmbeddedTable.Open("drugs");
        var pairs = EmbeddedTable.Open("gene_drug_pairs");
        Sources = [drugs.Source, pairs.Source];
        var genes = ReadPairs(pairs, pool);
        All = [.. ReadDrugs(drugs, pool, genes).OrderBy(d => d.Name, StringComparer.OrdinalIgnoreCase)];
        _byName = All.ToDictionary(d => d.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The instance that the process shares.</summary>
    public static DrugCatalogue Default => Shared.Value;

    /// <summary>Every drug of the list, by name.</summary>
    public IReadOnlyList<DrugFacts> All { get; }

    /// <summary>Where the tables come from.</summary>
    public IReadOnlyList<KnowledgeSource> Sources { get; }

    /// <summary>The drug of that name.</summary>
    /// <param name="name">The name as the list has it; letter case is ignored.</param>
    /// <returns>The drug, or null.</returns>
    public DrugFacts? Find(string name) => _byName.GetValueOrDefault(name);

    private static Dictionary<string, List<GeneDrugPair>> ReadPairs(EmbeddedTable table, StringPool pool)
    {
        var byDrug = new Dictionary<string, List<GeneDrugPair>>(StringComparer.Ordinal);
        var rows = table.Rows(pool);
        while (rows.Read())
        {
            var gene = GeneSymbol.Parse(rows.NextText());
            var drug = rows.NextText();
            if (!byDrug.TryGetValue(drug, out var list))
                byDrug.Add(drug, list = []);
            list.Add(new GeneDrugPair(gene, rows.NextText(), rows.NextText(), TextOrNull(rows.NextText()), TextOrNull(rows.NextText())));
        }

        return byDrug;
    }

    private static List<DrugFacts> ReadDrugs(EmbeddedTable table, StringPool pool, Dictionary<string, List<GeneDrugPair>> pairs)
    {
        List<DrugFacts> drugs = [];
        var rows = table.Rows(pool);
        while (rows.Read())
        {
            var name = rows.NextText();
            rows.Next();
            var populations = name == WarfarinGuidance.Drug
                ? WarfarinGuidance.Populations
                : [.. RecommendationTable.Default.SetsOf(name).Select(s => s.Population)];
            drugs.Add(new DrugFacts(
                name,
                TextOrNull(rows.NextText()),
                rows.NextText().Split(' ', StringSplitOptions.RemoveEmptyEntries),
                TextOrNull(rows.NextText()),
                TextOrNull(rows.NextText()),
                rows.NextText().Split(',', StringSplitOptions.RemoveEmptyEntries),
                pairs.GetValueOrDefault(name) ?? [],
                populations));
        }

        return drugs;
    }

    private static string? TextOrNull(string text) => text.Length == 0 ? null : text;
}
