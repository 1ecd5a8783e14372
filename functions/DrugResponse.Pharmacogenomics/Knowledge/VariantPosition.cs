namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A position of the genome whose bases define alleles of a gene (GRCh38, VCF style, 1-based, forward strand).</summary>
public sealed class VariantPosition
{
    private Dictionary<string, string>? _aliases;

    internal VariantPosition(int index, string chromosome, int position, string rsId, string[] bases, uint reference, string hgvs)
    {
        Index = index;
        Chromosome = chromosome;
        Position = position;
        RsId = rsId.Length == 0 ? null : rsId;
        Bases = bases;
        ReferenceMask = reference;
        Hgvs = hgvs;
    }

    /// <summary>The chromosome with its <c>chr</c> prefix.</summary>
    public string Chromosome { get; }

    /// <summary>The 1-based position of the first base of <see cref="Ref"/>.</summary>
    public int Position { get; }

    /// <summary>The dbSNP id, where there is one.</summary>
    public string? RsId { get; }

    /// <summary>The reference bases of the genome, then every alternative that a definition knows.</summary>
    public IReadOnlyList<string> Bases { get; }

    /// <summary>The reference bases of the genome.</summary>
    public string Ref => Bases[0];

    /// <summary>The genomic HGVS description, such as <c>g.94942290C&gt;T</c>.</summary>
    public string Hgvs { get; }

    /// <summary>The rsID, or chromosome and position where there is none: the name used in answers.</summary>
    public string Name => RsId ?? string.Create(null, $"{Chromosome}:{Position}");

    /// <summary>Other names of bases, by name; null for most positions.</summary>
    internal IReadOnlyDictionary<string, string>? Aliases => _aliases;

    /// <summary>Place among the gene's positions.</summary>
    internal int Index { get; }

    /// <summary>Bit i is set when the reference allele of the gene may carry <c>Bases[i]</c>.</summary>
    internal uint ReferenceMask { get; }

    /// <summary>Adds another name of some bases while the tables are read.</summary>
    internal void AddAlias(string alias, string bases) =>
        (_aliases ??= new(StringComparer.OrdinalIgnoreCase)).Add(alias, CodeOf(bases) >= 0
            ? bases
            : throw new InvalidDataException($"Table variant_aliases: {Name} has no bases {bases}."));

    /// <summary>The code of some bases at this position.</summary>
    /// <returns>The index into <see cref="Bases"/>, or -1 when no definition knows the bases.</returns>
    internal int CodeOf(ReadOnlySpan<char> bases)
    {
        for (var i = 0; i < Bases.Count; i++)
        {
            if (bases.Equals(Bases[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
