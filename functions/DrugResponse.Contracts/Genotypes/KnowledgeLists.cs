using System.ComponentModel.DataAnnotations;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Genotypes;

/// <summary>The answer of <c>GET v1/genes</c>.</summary>
/// <param name="KnowledgeVersion">Version of the pharmacogenomic tables.</param>
/// <param name="Genes">The genes, by symbol.</param>
public sealed record GeneList(string KnowledgeVersion, IReadOnlyList<GeneSummary> Genes);

/// <summary>One gene of the tables.</summary>
/// <param name="Gene">HGNC symbol.</param>
/// <param name="Interpreted">Whether genotypes of it are understood; others are known by name only.</param>
/// <param name="PhenotypeMethod">How a phenotype follows from alleles.</param>
/// <param name="CallableFromVariants">Whether alleles can be called from single variants or a VCF.</param>
/// <param name="Alleles">Number of named alleles.</param>
/// <param name="Phenotypes">Every phenotype that can result.</param>
/// <param name="DefinitionDate">When the allele definitions last changed; null when not recorded.</param>
public sealed record GeneSummary(
    string Gene,
    bool Interpreted,
    string PhenotypeMethod,
    bool CallableFromVariants,
    [property: Unit("alleles"), Range(0, UnitAttribute.Most)] int Alleles,
    IReadOnlyList<string> Phenotypes,
    string? DefinitionDate);

/// <summary>The answer of <c>GET v1/drugs</c>.</summary>
/// <param name="KnowledgeVersion">Version of the pharmacogenomic tables.</param>
/// <param name="Drugs">Drugs with a model or a guideline, by name.</param>
public sealed record DrugList(string KnowledgeVersion, IReadOnlyList<DrugSummary> Drugs);

/// <summary>One drug.</summary>
/// <param name="Drug">Ingredient, canonical lower-case name.</param>
/// <param name="RxNorm">RxNorm concept id, where known.</param>
/// <param name="Atc">ATC codes.</param>
/// <param name="HasModel">Whether a model is loaded for it.</param>
/// <param name="HasGuidance">Whether a guideline has coded actions for it.</param>
public sealed record DrugSummary(string Drug, string? RxNorm, IReadOnlyList<string> Atc, bool HasModel, bool HasGuidance);
