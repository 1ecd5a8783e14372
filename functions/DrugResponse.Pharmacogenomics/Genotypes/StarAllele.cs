namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>One named allele within a haplotype, with its number of copies in tandem.</summary>
/// <param name="Name">The name without copy number, such as <c>*2</c> or <c>c.1905+1G&gt;A (*2A)</c>.</param>
/// <param name="Copies">How many copies lie in tandem.</param>
public sealed record StarAllele(string Name, CopyNumber Copies)
{
    /// <summary>The name with its copy suffix, such as <c>*2x2</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name + Copies;
}
