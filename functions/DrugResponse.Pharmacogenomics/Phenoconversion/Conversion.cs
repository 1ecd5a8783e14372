namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>Why a gene's clinical phenotype differs, or may differ, from its genetic one.</summary>
/// <param name="Perpetrations">The drugs behind it; the strongest one decides, several of one strength do not add up.</param>
/// <param name="Rule">The rule that applied, with source and evidence.</param>
/// <param name="IsApplied">Whether the score was changed by it; false when only a warning follows.</param>
/// <param name="Message">One sentence for a reader.</param>
public sealed record Conversion(IReadOnlyList<Perpetration> Perpetrations, ConversionRule Rule, bool IsApplied, string Message);
