using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>What a perpetrator of some strength does to a gene's phenotype, with its source.</summary>
/// <param name="Gene">The gene.</param>
/// <param name="Target">The enzyme or transporter that the gene makes.</param>
/// <param name="Effect">Inhibitor or inducer.</param>
/// <param name="Strength">The strength that the rule is for.</param>
/// <param name="Outcome">Whether the score changes or only a warning follows.</param>
/// <param name="Factor">What the activity score is multiplied by; null unless the score changes.</param>
/// <param name="Source">The guideline or table that the rule comes from.</param>
/// <param name="Evidence">Strength of evidence: <c>guideline</c>, <c>no consensus</c>, <c>label</c> and so on.</param>
/// <param name="Note">The rule in words.</param>
public sealed record ConversionRule(
    GeneSymbol Gene,
    string Target,
    ModulatorEffect Effect,
    ModulatorStrength Strength,
    ConversionOutcome Outcome,
    decimal? Factor,
    string Source,
    string Evidence,
    string Note);
