namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>One known effect of a drug on an enzyme or transporter.</summary>
/// <param name="Drug">The drug's canonical name; a combination names its parts with <c>/</c>.</param>
/// <param name="Target">The enzyme or transporter, such as <c>CYP2D6</c> or <c>OATP1B1</c>.</param>
/// <param name="Effect">What the drug does.</param>
/// <param name="Strength">How strongly.</param>
/// <param name="Basis">Where the strength comes from: FDA table, label, literature.</param>
/// <param name="IsVerified">Whether the strength was read again against FDA's page.</param>
/// <param name="Note">What to know about the entry; may be empty.</param>
public sealed record PerpetratorDrug(
    string Drug, string Target, ModulatorEffect Effect, ModulatorStrength Strength, string Basis, bool IsVerified, string Note);
