using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>How frequent an allele is in a biogeographical group.</summary>
/// <param name="Gene">The gene.</param>
/// <param name="Allele">The allele's name.</param>
/// <param name="Population">The CPIC biogeographical group.</param>
/// <param name="Mean">The frequency as a fraction, weighted by study size; of a reference allele it is what the others leave over.</param>
/// <param name="Min">The lowest frequency of a study; null when not given.</param>
/// <param name="Max">The highest frequency of a study; null when not given.</param>
/// <param name="Subjects">How many people were studied; null when not given.</param>
public sealed record AlleleFrequency(
    GeneSymbol Gene, string Allele, string Population, double Mean, double? Min, double? Max, int? Subjects);
