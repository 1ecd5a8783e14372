using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Contracts.Genotypes;

/// <summary>The answer of <c>POST v1/genotypes/translate</c>: what a genotype means, without any patient being stored.</summary>
public sealed record GenotypeTranslation
{
    /// <summary>Version of the pharmacogenomic tables used.</summary>
    public required string KnowledgeVersion { get; init; }

    /// <summary>What the genotype says, one entry per gene that was given.</summary>
    public required IReadOnlyList<GenePhenotype> Phenotypes { get; init; }

    /// <summary>Guidance for each drug asked for, in that order; empty when none was.</summary>
    public required IReadOnlyList<DrugGuidance> Drugs { get; init; }

    /// <summary>What the reader must know about the input.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}

/// <summary>What guidelines say about one drug for this genotype.</summary>
/// <param name="Drug">Ingredient, canonical lower-case name.</param>
/// <param name="Guidance">Actions; empty when no guideline has one, which is not a statement of safety.</param>
/// <param name="Warnings">What the reader must know about them.</param>
public sealed record DrugGuidance(string Drug, IReadOnlyList<GuidanceAction> Guidance, IReadOnlyList<Warning> Warnings);
