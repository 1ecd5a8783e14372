namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>By what the guidelines' recommendation tables look a gene up.</summary>
public enum RecommendationLookup
{
    /// <summary>No recommendation table uses the gene.</summary>
    None,

    /// <summary>By phenotype.</summary>
    Phenotype,

    /// <summary>By activity score.</summary>
    ActivityScore,

    /// <summary>By the status of a named allele, such as <c>*57:01 positive</c>.</summary>
    AlleleStatus,
}
