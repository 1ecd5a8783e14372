namespace DrugResponse.Prediction.Features;

/// <summary>The phenotypes of a gene as numbers in the order of function. Immutable and thread-safe.</summary>
internal sealed class PhenotypeLevels
{
    private static readonly string[] Qualifiers = ["", "Likely ", "Possible "];

    private readonly string _gene;
    private readonly (string Term, float Level)[] _levels;

    /// <param name="gene">The gene's symbol.</param>
    /// <param name="terms">The guideline's terms, each with its number; those that begin with Likely or Possible have the number of the
    /// term behind.</param>
    public PhenotypeLevels(string gene, params IEnumerable<(string Term, float Level)> terms)
    {
        _gene = gene;
        _levels = [.. terms.SelectMany(static entry => Qualifiers.Select(qualifier => (qualifier + entry.Term, entry.Level)))];
    }

    /// <summary>Metabolizers in the order given, from 0.</summary>
    public static PhenotypeLevels OfMetabolizers(string gene, params string[] kinds) =>
        new(gene, kinds.Select(static (kind, level) => ($"{kind} Metabolizer", (float)level)));

    /// <summary>The number of the gene's phenotype, NaN when it is not known.</summary>
    public float In(IReadOnlyDictionary<string, string> phenotypes)
    {
        if (!phenotypes.TryGetValue(_gene, out var found))
            return float.NaN;
        foreach (var (term, level) in _levels)
        {
            if (term == found)
                return level;
        }

        return float.NaN;
    }
}
