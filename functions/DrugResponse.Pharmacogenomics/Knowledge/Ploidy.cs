namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>How many copies of a gene a person has.</summary>
public enum Ploidy
{
    /// <summary>Not recorded.</summary>
    Unknown,

    /// <summary>Two copies.</summary>
    Diploid,

    /// <summary>Two copies in XX, one in XY.</summary>
    XLinked,

    /// <summary>One kind of copy, inherited from the mother.</summary>
    Mitochondrial,
}
