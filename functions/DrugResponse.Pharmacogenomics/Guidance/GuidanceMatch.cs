namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>A recommendation that applies to this patient.</summary>
/// <param name="Recommendation">The recommendation.</param>
/// <param name="Basis">Whether it follows from the genetic results, from those under co-medication, or from both.</param>
/// <param name="Reservations">
/// Codes that say why it may not hold: <c>alleles-not-excluded:DPYD</c>, <c>tier1-alleles-not-excluded:DPYD</c>, <c>ambiguous:CYP2C19</c>,
/// <c>score-not-known:CYP2C9</c>, <c>score-between-rows:CYP2D6</c>, <c>function-not-assigned:CYP3A5</c>, <c>genotype-not-known:CYP2D6</c>.
/// Empty when nothing qualifies it; while not empty, <c>standard</c> must not be read as cleared.
/// </param>
public sealed record GuidanceMatch(Recommendation Recommendation, GuidanceBasis Basis, IReadOnlyList<string> Reservations);
