namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>What a haplotype's definition asks for at one position.</summary>
/// <param name="Position">The position.</param>
/// <param name="Bases">The bases that the haplotype carries there; several where the definition leaves a choice.</param>
public sealed record DefiningVariant(VariantPosition Position, IReadOnlyList<string> Bases);
