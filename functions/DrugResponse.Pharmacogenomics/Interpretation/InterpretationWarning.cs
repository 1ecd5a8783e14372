namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Something a reader of the result must know.</summary>
/// <param name="Code">One of <see cref="WarningCodes"/>.</param>
/// <param name="Path">JSON pointer into the genotype, such as <c>/diplotypes/CYP2C9</c>.</param>
/// <param name="Message">One sentence; names genes, alleles and positions only.</param>
public sealed record InterpretationWarning(string Code, string Path, string Message);
