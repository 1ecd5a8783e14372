using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>A diplotype that explains the calls.</summary>
/// <param name="Diplotype">The diplotype, sub-alleles as their core alleles.</param>
/// <param name="Score">How many of the defining positions of its alleles were called.</param>
/// <param name="Untyped">
/// How many of them were not; alleles defined at every position of the gene (the reference) count none, for they say nothing about
/// which position is missing.
/// </param>
internal readonly record struct AlleleMatch(Diplotype Diplotype, int Score, int Untyped);
