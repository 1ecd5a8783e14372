namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A defining position together with the gene whose alleles it defines.</summary>
internal sealed record VariantTarget(Gene Gene, VariantPosition Position);
