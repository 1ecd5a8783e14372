namespace DrugResponse.Pharmacogenomics.Phenotypes;

/// <summary>
/// What a genotype means for the gene's product, in the guideline's term: <c>Poor Metabolizer</c>, <c>Decreased Function</c>,
/// <c>-1639 AG</c>, <c>*57:01 positive</c>. The set of terms depends on the gene.
/// </summary>
/// <param name="Term">The guideline's term.</param>
public sealed record Phenotype(string Term)
{
    /// <summary>The term for a result that was obtained but cannot be interpreted with present knowledge.</summary>
    public const string IndeterminateTerm = "Indeterminate";

    /// <summary>Whether the guideline itself says that the result cannot be interpreted: a gap in knowledge, not in the assay.</summary>
    public bool IsIndeterminate => Term == IndeterminateTerm;

    /// <inheritdoc/>
    public override string ToString() => Term;
}
