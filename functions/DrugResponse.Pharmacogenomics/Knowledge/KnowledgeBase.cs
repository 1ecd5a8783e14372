using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Vcf;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>
/// The built-in facts: genes, alleles, positions and rules. One immutable instance, <see cref="Default"/>, is shared by the process; it is
/// read from the assembly on first use and is safe to share between threads.
/// </summary>
/// <remarks>
/// Facts are those of CPIC and PharmVar as <see cref="Sources"/> name them, table by table. Research data: every answer made with it should
/// carry <see cref="Version"/>.
/// </remarks>
public sealed class KnowledgeBase
{
    /// <summary>
    /// Changes whenever a table or a rule changes: the month of the guideline tables, the month of the allele definitions, and a revision
    /// of our own coding.
    /// </summary>
    private const string CurrentVersion = "cpic-2026-08+alleles-2025-11+r3";

    private static readonly Lazy<KnowledgeBase> Shared = new(() => new KnowledgeBase());

    private readonly Dictionary<string, Gene> _genes;
    private readonly Dictionary<string, VariantTarget> _variants;
    private readonly Lazy<PositionIndex> _positions;

    private KnowledgeBase()
    {
        var tables = new GeneTables();
        Genes = tables.Read();
        _genes = Genes.ToDictionary(g => g.Symbol.Value, StringComparer.OrdinalIgnoreCase);
        _variants = Genes
            .SelectMany(g => g.Positions.Concat(g.ExtraPositions).Where(p => p.RsId is not null).Select(p => new VariantTarget(g, p)))
            .ToDictionary(t => t.Position.RsId!, StringComparer.OrdinalIgnoreCase);
        Sources = [.. tables.Sources, ReadVariantAliases()];
        _positions = new Lazy<PositionIndex>(() => new PositionIndex(Genes));
    }

    /// <summary>The instance that the process shares; read on first use.</summary>
    public static KnowledgeBase Default => Shared.Value;

    /// <summary>The version of the facts and rules, for example <c>cpic-2026-08+alleles-2025-11+r2</c>.</summary>
    public string Version { get; } = CurrentVersion;

    /// <summary>Every gene of the CPIC gene list, by symbol; those without alleles are known but not interpreted.</summary>
    public IReadOnlyList<Gene> Genes { get; }

    /// <summary>Where the facts come from, one entry for each table.</summary>
    public IReadOnlyList<KnowledgeSource> Sources { get; }

    /// <summary>The gene of that symbol.</summary>
    /// <param name="symbol">The symbol; letter case is ignored.</param>
    /// <returns>The gene, or null when the gene list has none of that symbol.</returns>
    public Gene? FindGene(string symbol) => _genes.GetValueOrDefault(symbol);

    /// <summary>The gene of that symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The gene, or null when the gene list has none of that symbol.</returns>
    public Gene? FindGene(GeneSymbol symbol) => FindGene((symbol ?? throw new ArgumentNullException(nameof(symbol))).Value);

    /// <summary>Defining positions by place; made when the first VCF is read.</summary>
    internal PositionIndex PositionIndex => _positions.Value;

    internal VariantTarget? FindVariant(string rsId) => _variants.TryGetValue(rsId, out var target) ? target : null;

    /// <summary>Other rsIDs of a position, and other names of its bases.</summary>
    private KnowledgeSource ReadVariantAliases()
    {
        const string RsIds = "rsid";
        var table = EmbeddedTable.Open("variant_aliases");
        var rows = table.Rows(new StringPool());
        while (rows.Read())
        {
            var position = rows.NextText();
            var alias = rows.NextText();
            var means = rows.NextText();
            if (position == RsIds)
                _variants.Add(alias, _variants[means]);
            else
                _variants[position].Position.AddAlias(alias, means);
        }

        return table.Source;
    }
}
