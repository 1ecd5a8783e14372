namespace DrugResponse.Pharmacogenomics.Phenotypes;

/// <summary>
/// The clinical function of an allele in the words of its guideline: <c>No function</c>, <c>Decreased function</c>,
/// <c>Malignant Hyperthermia associated</c>, <c>III/Deficient</c> and so on. The set of terms depends on the gene.
/// </summary>
/// <param name="Term">The guideline's term.</param>
public sealed record AlleleFunction(string Term)
{
    /// <summary>The allele is defined, but no function has been assigned to it: no phenotype follows from it.</summary>
    public static AlleleFunction NotAssigned { get; } = new("not assigned");

    /// <summary>Whether a function has been assigned.</summary>
    public bool IsAssigned => Term != NotAssigned.Term;

    /// <inheritdoc/>
    public override string ToString() => Term;
}
