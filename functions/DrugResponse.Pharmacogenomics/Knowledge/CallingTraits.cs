using System.Globalization;
using DrugResponse.Pharmacogenomics.Calling;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A gene's calling exemptions in the form in which calling asks for them.</summary>
internal sealed class CallingTraits
{
    private readonly bool[] _ignoredPositions;
    private readonly List<string> _tier1Alleles = [];
    private readonly List<string> _ignoredAlleles = [];
    private readonly List<int> _requiredPositions = [];
    private readonly Dictionary<string, string> _coreAlleles = new(StringComparer.Ordinal);
    private readonly List<UnphasedPriority> _unphasedPriorities = [];

    public CallingTraits(Gene gene)
    {
        _ignoredPositions = new bool[gene.Positions.Count];
        foreach (var exemption in gene.Exemptions)
            Take(gene, exemption);

        // A larger set is the better fit when several are contained in the matches.
        _unphasedPriorities.Sort(static (a, b) => b.Diplotypes.Count.CompareTo(a.Diplotypes.Count));
        if (HapB3Position >= 0)
            HapB3ExonicPosition = HapB3.ExonicPosition(gene, HapB3Position);
    }

    public bool UndocumentedAsReference { get; private set; }

    public bool LowestFunction { get; private set; }

    public IReadOnlyList<int> RequiredPositions => _requiredPositions;

    /// <summary>Sub-alleles and the core alleles that they are reported as.</summary>
    public IReadOnlyDictionary<string, string> CoreAlleles => _coreAlleles;

    /// <summary>Sets of diplotypes that unphased data cannot tell apart, larger sets first.</summary>
    public IReadOnlyList<UnphasedPriority> UnphasedPriorities => _unphasedPriorities;

    /// <summary>Index of the position that alone gives the phenotype when nothing can be called; -1 for none.</summary>
    public int FallbackPosition { get; private set; } = -1;

    /// <summary>Index of the position that decides HapB3; -1 for other genes.</summary>
    public int HapB3Position { get; private set; } = -1;

    /// <summary>Index of the position that travels with the deciding one; -1 for other genes.</summary>
    public int HapB3ExonicPosition { get; } = -1;

    public bool IsIgnored(int position) => _ignoredPositions[position];

    public bool IsIgnored(string allele) => _ignoredAlleles.Contains(allele);

    public bool IsTier1(string allele) => _tier1Alleles.Contains(allele);

    private void Take(Gene gene, CallingExemption exemption)
    {
        switch (exemption.Kind)
        {
            case CallingExemption.UndocumentedAsReference: UndocumentedAsReference = true; break;
            case CallingExemption.LowestFunction: LowestFunction = true; break;
            case CallingExemption.IgnoredPosition: Ignore(gene, exemption); break;
            case CallingExemption.RequiredPosition: _requiredPositions.Add(IndexOf(gene, exemption)); break;
            case CallingExemption.Tier1Allele: _tier1Alleles.Add(exemption.Value); break;
            case CallingExemption.IgnoredAllele: _ignoredAlleles.Add(exemption.Value); break;
            case CallingExemption.SuballeleReportedAs: _coreAlleles.Add(exemption.Value, exemption.Detail); break;
            case CallingExemption.UnphasedPriority: _unphasedPriorities.Add(new(exemption.Value.Split('|'), exemption.Detail)); break;
            case CallingExemption.FallbackPosition: FallbackPosition = IndexOf(gene, exemption); break;
            case CallingExemption.HapB3Decides: HapB3Position = IndexOf(gene, exemption); break;
            default: break;
        }
    }

    /// <summary>A position to ignore may be missing from the definitions already.</summary>
    private void Ignore(Gene gene, CallingExemption exemption)
    {
        if (Find(gene, exemption) is { } position)
            _ignoredPositions[position.Index] = true;
    }

    private static int IndexOf(Gene gene, CallingExemption exemption) => Find(gene, exemption)?.Index
        ?? throw new InvalidDataException($"Table calling_exceptions: {gene} has no position {exemption.Value}.");

    private static VariantPosition? Find(Gene gene, CallingExemption exemption)
    {
        var wanted = int.Parse(exemption.Value, CultureInfo.InvariantCulture);
        foreach (var position in gene.Positions)
        {
            if (position.Position == wanted)
                return position;
        }

        return null;
    }
}

/// <summary>Diplotypes that unphased data cannot tell apart, and the one to report.</summary>
/// <param name="Diplotypes">All of them.</param>
/// <param name="Chosen">The most frequent one.</param>
internal sealed record UnphasedPriority(IReadOnlyList<string> Diplotypes, string Chosen);
