namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>Whether named alleles of a gene can be called from variants.</summary>
public enum CallingMethod
{
    /// <summary>The gene has no allele definitions.</summary>
    None,

    /// <summary>From the bases at the gene's defining positions.</summary>
    Variants,

    /// <summary>
    /// Not from short-read variants: the diplotype must be given (copy number and hybrids of CYP2D6, HLA typing).
    /// </summary>
    OutsideCall,
}
