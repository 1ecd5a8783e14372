using System.Globalization;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>Every recommendation of the guidelines, by drug and population.</summary>
/// <remarks>Read on first use; immutable and safe to share between threads.</remarks>
public sealed class RecommendationTable
{
    private static readonly Lazy<RecommendationTable> Shared = new(() => new RecommendationTable());

    private readonly Dictionary<string, List<RecommendationSet>> _byDrug = new(StringComparer.OrdinalIgnoreCase);
    private readonly StringPool _pool = new();

    private RecommendationTable()
    {
        List<KnowledgeSource> sources = [];
        var actions = ReadActions(sources);
        var guidelines = ReadGuidelines(sources);
        All = ReadRows(sources, actions, guidelines);
        Sources = sources;
    }

    /// <summary>The instance that the process shares.</summary>
    public static RecommendationTable Default => Shared.Value;

    /// <summary>Every recommendation, in the order of the table.</summary>
    public IReadOnlyList<Recommendation> All { get; }

    /// <summary>Where the tables come from.</summary>
    public IReadOnlyList<KnowledgeSource> Sources { get; }

    /// <summary>The drugs that have recommendations.</summary>
    public IReadOnlyCollection<string> Drugs => _byDrug.Keys;

    internal IReadOnlyList<RecommendationSet> SetsOf(string drug) => _byDrug.TryGetValue(drug, out var sets) ? sets : [];

    private EmbeddedTable.RowReader Open(string name, List<KnowledgeSource> sources)
    {
        var table = EmbeddedTable.Open(name);
        sources.Add(table.Source);
        return table.Rows(_pool);
    }

    private Dictionary<string, GuidanceAction> ReadActions(List<KnowledgeSource> sources)
    {
        var actions = new Dictionary<string, GuidanceAction>(StringComparer.Ordinal);
        var rows = Open("actions", sources);
        while (rows.Read())
        {
            actions.Add(rows.NextText(), new GuidanceAction(
                rows.NextText(),
                TextOrNull(rows.NextText()),
                TextOrNull(rows.NextText()),
                NumberOrNull(rows.Next()),
                NumberOrNull(rows.Next()),
                NumberOrNull(rows.Next()),
                Codes(rows.NextText(), ','),
                Codes(rows.NextText(), ','),
                rows.NextText()));
        }

        return actions;
    }

    private Dictionary<string, Guideline> ReadGuidelines(List<KnowledgeSource> sources)
    {
        var guidelines = new Dictionary<string, Guideline>(StringComparer.Ordinal);
        var rows = Open("guidelines", sources);
        while (rows.Read())
            guidelines.Add(rows.NextText(), new Guideline(rows.NextText(), Codes(rows.NextText(), ','), rows.NextText()));
        return guidelines;
    }

    private List<Recommendation> ReadRows(
        List<KnowledgeSource> sources, Dictionary<string, GuidanceAction> actions, Dictionary<string, Guideline> guidelines)
    {
        List<Recommendation> all = [];
        var genesByText = new Dictionary<string, GeneSymbol[]>(StringComparer.Ordinal);
        var codesByText = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var rows = Open("recommendations", sources);
        while (rows.Read())
        {
            var drug = rows.NextText();
            var population = rows.NextText();
            var geneText = rows.NextText();
            if (!genesByText.TryGetValue(geneText, out var genes))
                genesByText.Add(geneText, genes = [.. geneText.Split(';').Select(GeneSymbol.Parse)]);

            var keys = KeysOf(genes, rows.Next(), rows.Next(), rows.Next(), codesByText);
            var row = new Recommendation(drug, population, keys, actions[rows.NextText()], guidelines[rows.NextText()]);
            all.Add(row);
            SetFor(drug, population, genes).Add(row);
        }

        return all;
    }

    private RecommendationKey[] KeysOf(
        GeneSymbol[] genes,
        ReadOnlySpan<char> keys,
        ReadOnlySpan<char> phenotypes,
        ReadOnlySpan<char> implications,
        Dictionary<string, IReadOnlyList<string>> codesByText)
    {
        Span<Range> keyRanges = stackalloc Range[4], phenotypeRanges = stackalloc Range[4], implicationRanges = stackalloc Range[4];
        keys.Split(keyRanges, ';');
        phenotypes.Split(phenotypeRanges, ';');
        implications.Split(implicationRanges, ';');
        var result = new RecommendationKey[genes.Length];
        for (var i = 0; i < genes.Length; i++)
        {
            var key = _pool.Get(keys[keyRanges[i]]);
            var phenotype = phenotypes.IsEmpty ? key : _pool.Get(phenotypes[phenotypeRanges[i]]);
            var codeText = _pool.Get(implications[implicationRanges[i]]);
            if (!codesByText.TryGetValue(codeText, out var codes))
                codesByText.Add(codeText, codes = Codes(codeText, ','));
            result[i] = new RecommendationKey(genes[i], key, phenotype.Length == 0 ? key : phenotype, codes);
        }

        return result;
    }

    private RecommendationSet SetFor(string drug, string population, GeneSymbol[] genes)
    {
        if (!_byDrug.TryGetValue(drug, out var sets))
            _byDrug.Add(drug, sets = []);
        if (sets.Find(s => s.Population == population) is not { } set)
            sets.Add(set = new RecommendationSet(population, genes));
        return set.Genes.SequenceEqual(genes) ? set : throw new InvalidDataException($"Table recommendations: genes of {drug} differ.");
    }

    private static string? TextOrNull(string text) => text.Length == 0 ? null : text;

    private static decimal? NumberOrNull(ReadOnlySpan<char> text) =>
        text.IsEmpty ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Codes(string text, char separator) => text.Split(separator, StringSplitOptions.RemoveEmptyEntries);
}
