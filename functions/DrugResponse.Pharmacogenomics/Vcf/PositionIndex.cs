using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>Finds defining positions by chromosome and position.</summary>
internal sealed class PositionIndex
{
    private const int Mitochondrion = 25;
    private readonly Dictionary<long, VariantTarget> _byKey;
    private readonly Dictionary<string, int> _accessions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _accessionsBySpan;
    private readonly long[] _keys;

    public PositionIndex(IEnumerable<Gene> genes)
    {
        _byKey = [];
        foreach (var gene in genes)
        {
            foreach (var position in gene.Positions.Concat(gene.ExtraPositions))
                _byKey.Add(Key(ChromosomeOf(position.Chromosome), position.Position), new VariantTarget(gene, position));
            if (gene.SequenceId.Length > 0)
                _accessions[gene.SequenceId] = ChromosomeOf(gene.Chromosome);
        }

        _accessionsBySpan = _accessions.GetAlternateLookup<ReadOnlySpan<char>>();
        _keys = [.. _byKey.Keys.Order()];
    }

    /// <summary>The number of a chromosome (X is 23, Y 24, the mitochondrion 25); 0 for anything else.</summary>
    /// <param name="name">The name with or without <c>chr</c>, or a RefSeq accession of GRCh38.</param>
    public int ChromosomeOf(ReadOnlySpan<char> name)
    {
        var bare = name.StartsWith("chr", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        if (int.TryParse(bare, System.Globalization.NumberStyles.None, null, out var number))
            return number is >= 1 and <= Mitochondrion ? number : 0;

        return bare switch
        {
            "X" or "x" => 23,
            "Y" or "y" => 24,
            "M" or "MT" or "m" or "mt" => Mitochondrion,
            _ => _accessionsBySpan.TryGetValue(name, out var chromosome) ? chromosome : 0,
        };
    }

    public VariantTarget? Find(int chromosome, int position) => _byKey.GetValueOrDefault(Key(chromosome, position));

    /// <summary>The positions of a chromosome from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public IEnumerable<VariantTarget> Between(int chromosome, int first, int last)
    {
        var index = Array.BinarySearch(_keys, Key(chromosome, first));
        for (var i = index < 0 ? ~index : index; i < _keys.Length && _keys[i] <= Key(chromosome, last); i++)
            yield return _byKey[_keys[i]];
    }

    private static long Key(int chromosome, int position) => ((long)chromosome << 32) | (uint)position;
}
