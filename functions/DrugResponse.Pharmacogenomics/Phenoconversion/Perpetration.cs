namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>A perpetrator drug that this patient is exposed to.</summary>
/// <param name="Drug">The known effect.</param>
/// <param name="State">Whether it is taken, washing out, building up.</param>
/// <param name="ActsUntil">The day on which its effect is taken to end, when it was stopped; else null.</param>
public sealed record Perpetration(PerpetratorDrug Drug, ExposureState State, DateOnly? ActsUntil);
