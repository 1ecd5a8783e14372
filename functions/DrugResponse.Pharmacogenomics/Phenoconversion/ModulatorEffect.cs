namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>What a perpetrator drug does to an enzyme or transporter.</summary>
public enum ModulatorEffect
{
    /// <summary>Lowers its activity.</summary>
    Inhibitor,

    /// <summary>Raises its amount.</summary>
    Inducer,

    /// <summary>Works against the drug's effect without touching the enzyme (vitamin K against coumarins).</summary>
    Antagonist,
}
