namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>
/// How far a gene's result goes. Kept apart from the phenotype: <c>Indeterminate</c> is a phenotype, a call that failed is not.
/// </summary>
public enum CallState
{
    /// <summary>One result.</summary>
    Called,

    /// <summary>Several results explain the input; all are kept.</summary>
    Ambiguous,

    /// <summary>A result, but knowledge does not say what it means: uncertain, unknown or unassigned function.</summary>
    Indeterminate,

    /// <summary>The assay gave nothing that can be called.</summary>
    NotCalled,

    /// <summary>The caller says that the gene was not tested.</summary>
    NotProvided,
}
