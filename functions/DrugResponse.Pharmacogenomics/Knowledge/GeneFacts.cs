using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>What the tables say about one gene, collected while they are read.</summary>
internal sealed class GeneFacts
{
    public required GeneSymbol Symbol { get; init; }

    public required string Chromosome { get; init; }

    public required string SequenceId { get; init; }

    public required PhenotypeMethod Method { get; init; }

    public required RecommendationLookup Lookup { get; init; }

    public required string NormalResult { get; init; }

    public required Ploidy Ploidy { get; init; }

    public required CallingMethod Calling { get; init; }

    public required bool HasCopyNumbers { get; init; }

    public required string DefinitionDate { get; init; }

    public required string RuleSource { get; init; }

    public List<Haplotype> Haplotypes { get; } = [];

    public List<VariantPosition> Positions { get; } = [];

    public List<DefinitionFacts> Definitions { get; } = [];

    public List<PhenotypeRule> Rules { get; } = [];

    public List<CallingExemption> Exemptions { get; } = [];

    public List<AlleleAlias> Aliases { get; } = [];

    public List<PhenotypeAlias> PhenotypeAliases { get; } = [];
}

/// <summary>One allele definition as the table spells it.</summary>
internal sealed record DefinitionFacts(Haplotype Haplotype, int[] Defining, uint[] Bases)
{
    public AlleleDefinition Build(IReadOnlyList<VariantPosition> positions) => new(Haplotype, Defining, Bases, positions);
}

/// <summary>Another name of an allele.</summary>
/// <param name="Alias">The other name.</param>
/// <param name="Allele">The name in the allele table.</param>
/// <param name="Note">Empty for a plain synonym; else the code of the warning that its use deserves.</param>
internal sealed record AlleleAlias(string Alias, string Allele, string Note);

/// <summary>Another way of writing a phenotype.</summary>
/// <param name="Alias">The other way.</param>
/// <param name="Term">The guideline's term.</param>
internal sealed record PhenotypeAlias(string Alias, string Term);
