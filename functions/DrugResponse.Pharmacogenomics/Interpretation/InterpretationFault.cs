namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Input that cannot be understood.</summary>
/// <param name="Path">JSON pointer into the genotype, such as <c>/diplotypes/CYP2C9</c>.</param>
/// <param name="Message">One sentence; repeats at most the offending token, shortened.</param>
public sealed record InterpretationFault(string Path, string Message);
