namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>What follows from a conversion rule.</summary>
public enum ConversionOutcome
{
    /// <summary>The guideline says that nothing changes.</summary>
    None,

    /// <summary>The phenotype stays; the prescriber is warned.</summary>
    Warning,

    /// <summary>The activity score is multiplied, and the phenotype follows from the new score.</summary>
    ScoreFactor,
}
