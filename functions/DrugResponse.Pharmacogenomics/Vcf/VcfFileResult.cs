namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>A VCF read from a stream.</summary>
/// <param name="Text">The text without records of no interest; null when it could not be read.</param>
/// <param name="Fault">Why it could not be read, in one sentence; null when it could.</param>
public sealed record VcfFileResult(string? Text, string? Fault);
