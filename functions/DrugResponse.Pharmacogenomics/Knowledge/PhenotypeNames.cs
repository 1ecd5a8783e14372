using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Finds a gene's phenotypes by the ways in which laboratories write them; only letters and digits count.</summary>
internal sealed class PhenotypeNames
{
    private const int MaxLength = 96;
    private static readonly string[] DroppedWords = ["metabolizer", "function"];

    private readonly NameIndex _names = new(ignoreCase: false);
    private readonly List<Phenotype> _phenotypes = [];

    /// <param name="gene">The gene.</param>
    /// <param name="aliases">Other names and the terms they stand for; terms that the gene has not are passed over.</param>
    public PhenotypeNames(Gene gene, IReadOnlyList<PhenotypeAlias> aliases)
    {
        foreach (var phenotype in gene.Phenotypes)
        {
            var name = Compact(phenotype.Term);
            Add(name, phenotype);
            foreach (var word in DroppedWords)
            {
                if (name.EndsWith(word, StringComparison.Ordinal))
                    Add(name[..^word.Length], phenotype);
            }
        }

        if (_phenotypes.Count == 0)
            return;

        foreach (var alias in aliases)
        {
            if (Find(alias.Term) is { } phenotype)
                Add(Compact(alias.Alias), phenotype);
        }
    }

    public Phenotype? Find(string? text)
    {
        var number = text is null ? NameIndex.NotFound : _names.Find(Compact(text));
        return number == NameIndex.NotFound ? null : _phenotypes[number];
    }

    private void Add(string name, Phenotype phenotype)
    {
        if (_names.Add(name) != NameIndex.NotFound)
            _phenotypes.Add(phenotype);
    }

    private static string Compact(string text)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) && length < MaxLength)
                buffer[length++] = char.ToLowerInvariant(c);
        }

        return buffer[..length].ToString().Replace("metaboliser", "metabolizer", StringComparison.Ordinal);
    }
}
