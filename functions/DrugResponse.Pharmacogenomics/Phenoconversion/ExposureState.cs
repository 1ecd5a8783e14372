namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>Whether a drug acts on the day in question.</summary>
public enum ExposureState
{
    /// <summary>Not begun, or washed out.</summary>
    None,

    /// <summary>Taken now.</summary>
    Taken,

    /// <summary>Stopped, but not yet washed out.</summary>
    WashingOut,

    /// <summary>An inducer begun so lately that its effect is still building up.</summary>
    BuildingUp,

    /// <summary>Stopped on an unknown day, so that nobody can say whether it still acts.</summary>
    StoppedUndated,
}
