using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>How strongly a gene and a drug belong together, by those who curate it.</summary>
/// <param name="Gene">The gene.</param>
/// <param name="CpicLevel">CPIC's level: A, A/B, B, B/C, C, C/D, D or Retired.</param>
/// <param name="Status">Whether that level is <c>final</c> or <c>provisional</c>.</param>
/// <param name="ClinPgxLevel">ClinPGx' level of evidence; null when none is given.</param>
/// <param name="FdaLabel">What FDA's label says of testing; null when it says nothing.</param>
public sealed record GeneDrugPair(GeneSymbol Gene, string CpicLevel, string Status, string? ClinPgxLevel, string? FdaLabel);
