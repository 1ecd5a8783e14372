namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>A drug that a patient takes or took.</summary>
/// <param name="Names">Canonical names, as <see cref="Medications.MedicationResolution.Names"/> gives them.</param>
/// <param name="IsStopped">Whether the record says that it is no longer taken.</param>
/// <param name="Started">The first day, when known.</param>
/// <param name="Stopped">The last day, when known.</param>
public sealed record MedicationUse(
    IReadOnlyList<string> Names, bool IsStopped = false, DateOnly? Started = null, DateOnly? Stopped = null);
