namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>The action codes of recommendations. The coding is ours; CPIC words its recommendations in prose.</summary>
public static class GuidanceActions
{
    /// <summary>Usual dose; the genotype asks for no change.</summary>
    public const string Standard = "standard";

    /// <summary>Usual start with a named caution.</summary>
    public const string StandardWithCaution = "standard-with-caution";

    /// <summary>Usual start; measured levels decide the further dose.</summary>
    public const string TherapeuticDrugMonitoring = "therapeutic-drug-monitoring";

    /// <summary>Lower dose; without a factor the amount is not given.</summary>
    public const string ReduceDose = "reduce-dose";

    /// <summary>Higher dose.</summary>
    public const string IncreaseDose = "increase-dose";

    /// <summary>Start at or below an absolute limit.</summary>
    public const string CapDose = "cap-dose";

    /// <summary>Do not use.</summary>
    public const string Avoid = "avoid";

    /// <summary>Avoid; if it must be used, at a lower dose.</summary>
    public const string AvoidOrReduce = "avoid-or-reduce";

    /// <summary>Avoid; if it must be used, aim at a higher dose.</summary>
    public const string AvoidOrIncrease = "avoid-or-increase";

    /// <summary>Choose another drug.</summary>
    public const string Alternative = "alternative";

    /// <summary>Measure the enzyme's activity or another phenotype before deciding.</summary>
    public const string TestFirst = "test-first";

    /// <summary>The genetic result does not settle it; other findings decide.</summary>
    public const string ClinicalJudgement = "clinical-judgement";

    /// <summary>The guideline gives no recommendation for this result.</summary>
    public const string NoRecommendation = "no-recommendation";

    /// <summary>The guideline's text could not be coded without doubt; read the guideline.</summary>
    public const string Review = "review";

    /// <summary>Warfarin: let a validated dosing algorithm that takes the genotype find the dose.</summary>
    public const string DoseByAlgorithm = "dose-by-algorithm";

    /// <summary>Warfarin: dose without the genotype, for it would mislead in this patient.</summary>
    public const string DoseClinically = "dose-clinically";
}
