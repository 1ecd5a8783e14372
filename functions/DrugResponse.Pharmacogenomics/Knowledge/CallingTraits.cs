namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A gene's calling exceptions in the form in which calling asks for them.</summary>
internal sealed class CallingTraits
{
    private readonly ILookup<string, CallingExemption> _byKind;

    public CallingTraits(Gene gene)
    {
        _byKind = gene.Exemptions.ToLookup(e => e.Kind);
        UndocumentedAsReference = _byKind.Contains(CallingExemption.UndocumentedAsReference);
        LowestFunction = _byKind.Contains(CallingExemption.LowestFunction);
        IgnoredPositions = PositionsOf(gene, CallingExemption.IgnoredPosition);
        RequiredPositions = PositionsOf(gene, CallingExemption.RequiredPosition);
        Tier1Alleles = Values(CallingExemption.Tier1Allele).ToHashSet(StringComparer.Ordinal);
        IgnoredAlleles = Values(CallingExemption.IgnoredAllele).ToHashSet(StringComparer.Ordinal);
        CoreAlleles = _byKind[CallingExemption.SuballeleReportedAs].ToDictionary(e => e.Value, e => e.Detail, StringComparer.Ordinal);
        UnphasedPriorities = [.. _byKind[CallingExemption.UnphasedPriority]
            .Select(e => (e.Value.Split('|'), e.Detail)).OrderByDescending(p => p.Item1.Length)];
        FallbackPosition = PositionsOf(gene, CallingExemption.FallbackPosition).SingleOrDefault(-1);
        HapB3Position = PositionsOf(gene, CallingExemption.HapB3Decides).SingleOrDefault(-1);
    }

    public bool UndocumentedAsReference { get; }

    public bool LowestFunction { get; }

    public IReadOnlySet<int> IgnoredPositions { get; }

    public IReadOnlySet<int> RequiredPositions { get; }

    public IReadOnlySet<string> Tier1Alleles { get; }

    public IReadOnlySet<string> IgnoredAlleles { get; }

    public IReadOnlyDictionary<string, string> CoreAlleles { get; }

    /// <summary>Sets of diplotypes that unphased data cannot tell apart, each with the one to report; larger sets first.</summary>
    public IReadOnlyList<(string[] Diplotypes, string Chosen)> UnphasedPriorities { get; }

    /// <summary>Index of the position that alone gives the phenotype when nothing can be called; -1 for none.</summary>
    public int FallbackPosition { get; }

    /// <summary>Index of the position that decides HapB3; -1 for other genes.</summary>
    public int HapB3Position { get; }

    private IEnumerable<string> Values(string kind) => _byKind[kind].Select(e => e.Value);

    private HashSet<int> PositionsOf(Gene gene, string kind)
    {
        var wanted = Values(kind).ToHashSet(StringComparer.Ordinal);
        return wanted.Count == 0
            ? []
            : [.. gene.Positions.Where(p => wanted.Contains(string.Create(null, $"{p.Position}"))).Select(p => p.Index)];
    }
}
