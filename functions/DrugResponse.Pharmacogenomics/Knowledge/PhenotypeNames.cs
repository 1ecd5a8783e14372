using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Finds a gene's phenotypes by the ways in which laboratories write them; only letters and digits count.</summary>
internal sealed class PhenotypeNames
{
    private static readonly string[] DroppedWords = ["metabolizer", "function"];
    private readonly Dictionary<string, Phenotype> _names = new(StringComparer.Ordinal);

    /// <param name="gene">The gene.</param>
    /// <param name="aliases">Other names and the terms they stand for; terms that the gene has not are passed over.</param>
    public PhenotypeNames(Gene gene, IEnumerable<(string Alias, string Term)> aliases)
    {
        foreach (var phenotype in gene.Phenotypes)
        {
            var name = Compact(phenotype.Term);
            _names[name] = phenotype;
            foreach (var word in DroppedWords)
            {
                if (name.EndsWith(word, StringComparison.Ordinal))
                    _names.TryAdd(name[..^word.Length], phenotype);
            }
        }

        foreach (var (alias, term) in aliases)
        {
            if (_names.TryGetValue(Compact(term), out var phenotype))
                _names.TryAdd(Compact(alias), phenotype);
        }
    }

    public Phenotype? Find(string text) => _names.GetValueOrDefault(Compact(text));

    private static string Compact(string text) => string
        .Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant))
        .Replace("metaboliser", "metabolizer", StringComparison.Ordinal);
}
