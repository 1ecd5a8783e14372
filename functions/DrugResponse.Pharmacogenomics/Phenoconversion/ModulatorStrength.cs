namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>
/// How strongly a perpetrator acts. For CYP enzymes by FDA's cut-offs: an inhibitor is strong when the AUC of a sensitive substrate rises
/// at least 5 times, moderate 2 to below 5, weak 1.25 to below 2; an inducer is strong when it falls by at least 80 percent, moderate 50
/// to 80, weak 20 to 50.
/// </summary>
public enum ModulatorStrength
{
    /// <summary>Weak.</summary>
    Weak,

    /// <summary>Moderate.</summary>
    Moderate,

    /// <summary>Strong.</summary>
    Strong,
}
