using System.Globalization;
using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>
/// A gene of the CPIC gene list with everything known about it: alleles, defining positions, phenotype rules and calling exceptions.
/// </summary>
/// <remarks>Made once per <see cref="KnowledgeBase"/>; immutable and safe to share between threads.</remarks>
public sealed class Gene
{
    internal Gene(GeneFacts facts)
    {
        Symbol = facts.Symbol;
        Chromosome = facts.Chromosome;
        SequenceId = facts.SequenceId;
        Method = facts.Method;
        Lookup = facts.Lookup;
        NormalResult = facts.NormalResult;
        Ploidy = facts.Ploidy;
        Calling = facts.Calling;
        HasCopyNumbers = facts.HasCopyNumbers;
        DefinitionDate = facts.DefinitionDate;
        RuleSource = facts.RuleSource;
        Haplotypes = facts.Haplotypes;
        Positions = facts.Positions;
        Rules = facts.Rules;
        Exemptions = facts.Exemptions;
        Definitions = [.. facts.Definitions.Select(d => d.Build(Positions))];
        Reference = Haplotypes.FirstOrDefault(h => h.IsReference);
        Names = new HaplotypeNames(this, facts.Aliases);
        PhenotypeTable = new PhenotypeTable(this);
        Phenotypes = [.. Rules.Select(r => r.Phenotype).Distinct()];
        PhenotypeNames = new PhenotypeNames(this, facts.PhenotypeAliases);
        Traits = new CallingTraits(this);
        ExtraPositions = [.. Exemptions.Where(e => e.Kind == CallingExemption.ExtraPosition).Select(ExtraPosition)];
    }

    /// <summary>The HGNC symbol.</summary>
    public GeneSymbol Symbol { get; }

    /// <summary>The chromosome with its <c>chr</c> prefix; empty when not recorded.</summary>
    public string Chromosome { get; }

    /// <summary>The RefSeq accession of that chromosome in GRCh38; empty when not recorded.</summary>
    public string SequenceId { get; }

    /// <summary>How a phenotype follows from haplotypes.</summary>
    public PhenotypeMethod Method { get; }

    /// <summary>By what the recommendation tables look the gene up.</summary>
    public RecommendationLookup Lookup { get; }

    /// <summary>The result that calls for no change, as the gene list names it; empty when it names none.</summary>
    public string NormalResult { get; }

    /// <summary>How many copies a person has.</summary>
    public Ploidy Ploidy { get; }

    /// <summary>Whether alleles can be called from variants.</summary>
    public CallingMethod Calling { get; }

    /// <summary>Whether haplotype names may carry copy numbers and tandems (CYP2D6).</summary>
    public bool HasCopyNumbers { get; }

    /// <summary>The day on which the allele definitions last changed (yyyy-MM-dd); empty when not recorded.</summary>
    public string DefinitionDate { get; }

    /// <summary>Where the phenotype rules come from, with release; empty for genes without rules.</summary>
    public string RuleSource { get; }

    /// <summary>Every haplotype of the allele table, in its order.</summary>
    public IReadOnlyList<Haplotype> Haplotypes { get; }

    /// <summary>The haplotype without a defining variant; null for genes without allele definitions.</summary>
    public Haplotype? Reference { get; }

    /// <summary>Every position that defines an allele, by position.</summary>
    public IReadOnlyList<VariantPosition> Positions { get; }

    /// <summary>Positions that are reported with the gene but are part of no allele (rs12777823 with CYP2C9).</summary>
    public IReadOnlyList<VariantPosition> ExtraPositions { get; }

    /// <summary>The rules that lead to a phenotype.</summary>
    public IReadOnlyList<PhenotypeRule> Rules { get; }

    /// <summary>The published exceptions to the calling rule.</summary>
    public IReadOnlyList<CallingExemption> Exemptions { get; }

    /// <summary>Every phenotype that a rule can lead to.</summary>
    public IReadOnlyList<Phenotype> Phenotypes { get; }

    /// <summary>Whether the gene has alleles, so that a genotype can be understood at all.</summary>
    public bool IsInterpreted => Haplotypes.Count > 0;

    internal IReadOnlyList<AlleleDefinition> Definitions { get; }

    internal HaplotypeNames Names { get; }

    internal PhenotypeTable PhenotypeTable { get; }

    internal PhenotypeNames PhenotypeNames { get; }

    internal CallingTraits Traits { get; }

    /// <summary>The haplotype of that name in the allele table.</summary>
    /// <param name="name">The exact name, letter case ignored.</param>
    /// <returns>The haplotype, or null when the table has none of that name.</returns>
    public Haplotype? FindHaplotype(string name) => Names.FindListed(name);

    /// <summary>The bases that make a haplotype of the allele table what it is.</summary>
    /// <param name="haplotype">The exact name.</param>
    /// <returns>One entry for each position that the definition names, for the reference every position; null when there is no
    /// definition.</returns>
    public IReadOnlyList<DefiningVariant>? DefinitionOf(string haplotype)
    {
        foreach (var definition in Definitions)
        {
            if (definition.Haplotype.Name == haplotype)
                return [.. definition.Defining.Select(i => new DefiningVariant(Positions[i], BasesOf(Positions[i], definition.Masks[i])))];
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Symbol.Value;

    private static string[] BasesOf(VariantPosition position, uint mask) =>
        [.. position.Bases.Where((_, code) => (mask & (1u << code)) != 0)];

    /// <summary>Reads the table's <c>position</c> and <c>rsID ref&gt;alt</c>.</summary>
    private VariantPosition ExtraPosition(CallingExemption exemption)
    {
        var (rsId, change) = exemption.Detail.Split(' ') is [var id, var bases] ? (id, bases.Split('>')) : throw new InvalidDataException(
            $"Table calling_exceptions: {Symbol} {exemption.Value}.");
        var position = int.Parse(exemption.Value, CultureInfo.InvariantCulture);
        return new VariantPosition(
            -1, Chromosome, position, rsId, change, 1u, $"g.{exemption.Value}{change[0]}>{change[1]}");
    }
}
