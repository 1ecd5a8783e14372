namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>A defining position that was not called, so that some alleles cannot be excluded.</summary>
/// <param name="Name">The rsID, or chromosome and position.</param>
/// <param name="Chromosome">The chromosome with its <c>chr</c> prefix.</param>
/// <param name="Position">The 1-based position in GRCh38.</param>
/// <param name="AllelesNotExcluded">The alleles that this position would have shown or excluded.</param>
/// <param name="IsTier1">Whether one of them belongs to the alleles that every clinical test should include (AMP tier 1).</param>
public sealed record MissingPosition(
    string Name, string Chromosome, int Position, IReadOnlyList<string> AllelesNotExcluded, bool IsTier1);
