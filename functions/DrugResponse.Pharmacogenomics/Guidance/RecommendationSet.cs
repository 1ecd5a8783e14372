using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>The recommendations of one drug for one population: a table over the results of the same genes.</summary>
internal sealed class RecommendationSet
{
    private readonly Dictionary<string, Recommendation> _rows = new(StringComparer.Ordinal);
    private readonly List<Recommendation> _all = [];

    public RecommendationSet(string population, IReadOnlyList<GeneSymbol> genes)
    {
        Population = population;
        Genes = genes;
        Keys = [.. genes.Select(_ => new List<RecommendationKey>())];
    }

    public string Population { get; }

    public IReadOnlyList<GeneSymbol> Genes { get; }

    /// <summary>The distinct keys of each gene, parallel to <see cref="Genes"/>.</summary>
    public IReadOnlyList<List<RecommendationKey>> Keys { get; }

    public IReadOnlyList<Recommendation> Rows => _all;

    public void Add(Recommendation row)
    {
        _all.Add(row);
        _rows.Add(JoinKeys([.. row.Keys.Select(k => k.Key)]), row);
        for (var i = 0; i < Genes.Count; i++)
        {
            if (!Keys[i].Exists(k => k.Key == row.Keys[i].Key))
                Keys[i].Add(row.Keys[i]);
        }
    }

    /// <summary>The row for one key of each gene; null when the guideline has none.</summary>
    public Recommendation? Find(string[] keys) => _rows.GetValueOrDefault(JoinKeys(keys));

    private static string JoinKeys(string[] keys) => keys.Length == 1 ? keys[0] : string.Join(';', keys);
}
