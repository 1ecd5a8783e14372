namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>How a gene's phenotype follows from its haplotypes.</summary>
public enum PhenotypeMethod
{
    /// <summary>The guidelines name no rule.</summary>
    None,

    /// <summary>The sum of two activity values falls into a range.</summary>
    ActivityScore,

    /// <summary>The unordered pair of functions (or the one function of a single copy) names the phenotype.</summary>
    FunctionPair,

    /// <summary>The genotype of one position is the phenotype's name (VKORC1).</summary>
    Genotype,

    /// <summary>The status of the alleles is looked up itself, without a phenotype (IFNL3).</summary>
    AlleleStatus,

    /// <summary>Each named allele is present or absent (HLA).</summary>
    Presence,
}
