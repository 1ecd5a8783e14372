using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>A gene's genetic result beside what co-medication makes of it.</summary>
public sealed record ClinicalGeneResult
{
    /// <summary>The gene.</summary>
    public required Gene Gene { get; init; }

    /// <summary>The genetic result; null when no genotype was given and the clinical phenotype follows from co-medication alone.</summary>
    public required GeneResult? Genetic { get; init; }

    /// <summary>The activity score under co-medication; equal to the genetic one when nothing converts it.</summary>
    public ActivityScore? ClinicalActivityScore { get; init; }

    /// <summary>The phenotype under co-medication, when it can be told; equal to the genetic one when nothing converts it.</summary>
    public Phenotype? ClinicalPhenotype { get; init; }

    /// <summary>Every phenotype that is possible under co-medication.</summary>
    public IReadOnlyList<Phenotype> PossibleClinicalPhenotypes { get; init; } = [];

    /// <summary>What the perpetrator drugs do, each with rule and source; empty when there are none.</summary>
    public IReadOnlyList<Conversion> Conversions { get; init; } = [];

    /// <summary>Whether a conversion changed the score, even if the phenotype stayed the same.</summary>
    public bool IsConverted => Conversions.Any(c => c.IsApplied);
}
