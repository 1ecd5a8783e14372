namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>Whether the guidelines have something to say.</summary>
public enum GuidanceStatus
{
    /// <summary>At least one recommendation applies.</summary>
    Found,

    /// <summary>Guidelines act on the drug, but none of its genes has a result.</summary>
    GenotypeMissing,

    /// <summary>The guideline has no row for these results: no guideline action, which is not the same as safe.</summary>
    NoGuidelineAction,

    /// <summary>No guideline table covers the drug: no guideline action, which is not the same as safe.</summary>
    NoGuideline,

    /// <summary>The name leads to no known drug.</summary>
    UnknownDrug,
}
