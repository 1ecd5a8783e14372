using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Prediction.Patients;

/// <summary>How a genotype is read.</summary>
/// <param name="Interpretation">How much of the calling is kept.</param>
/// <param name="VcfSample">Which sample of a VCF with several to read; null when it has one.</param>
public sealed record GenotypeReadingOptions(InterpretationOptions Interpretation, string? VcfSample)
{
    /// <summary>The best calls only, of a VCF with one sample.</summary>
    public static GenotypeReadingOptions Default { get; } = new(InterpretationOptions.Default, null);
}
