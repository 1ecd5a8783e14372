namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Input that cannot be understood.</summary>
/// <param name="Path">JSON pointer into the genotype, such as <c>/diplotypes/CYP2C9</c>.</param>
/// <param name="Message">
/// One sentence. It may be logged or kept where operators read it, so of the input it repeats at most the name of a gene or variant,
/// shortened, and never a value: that describes a patient.
/// </param>
public sealed record InterpretationFault(string Path, string Message);
