namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Which input a gene's result comes from, in order of precedence.</summary>
public enum CallSource
{
    /// <summary>No usable input named the gene.</summary>
    None,

    /// <summary>A diplotype, or HLA status, as a laboratory called it.</summary>
    Diplotype,

    /// <summary>An activity score as a laboratory reported it.</summary>
    ActivityScore,

    /// <summary>A phenotype as a laboratory reported it.</summary>
    Phenotype,

    /// <summary>Alleles called from genotypes by rsID.</summary>
    Variants,

    /// <summary>Alleles called from a VCF.</summary>
    Vcf,
}
