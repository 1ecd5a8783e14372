namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>Where function and activity value of a haplotype come from.</summary>
public enum HaplotypeDerivation
{
    /// <summary>The allele table lists the haplotype.</summary>
    Table,

    /// <summary>The table lists the allele but not this number of copies: activity value times copies.</summary>
    CopyNumber,

    /// <summary>The table lists the parts but not this tandem: the sum of their activity values.</summary>
    Tandem,

    /// <summary>Several listed variants on one strand: the one with the lowest function decides.</summary>
    LowestFunction,
}
