namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>Which of a patient's results a recommendation was looked up by.</summary>
[Flags]
public enum GuidanceBasis
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>By the genetic results.</summary>
    Genetic = 1,

    /// <summary>By the results as co-medication lets them show.</summary>
    Clinical = 2,

    /// <summary>By both, which agree.</summary>
    Both = Genetic | Clinical,
}
