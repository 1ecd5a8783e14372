using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>A request as understood: the patient in the terms of features, the genes, and which drugs to score. Immutable.</summary>
public sealed record PatientReading
{
    /// <summary>The patient in the terms that features are computed from.</summary>
    public required PatientProfile Profile { get; init; }

    /// <summary>What the genotype says per gene, by itself and under the medications.</summary>
    public required ClinicalGenotype Genotype { get; init; }

    /// <summary>What guidelines distinguish patients by, beyond genes.</summary>
    public required GuidanceContext GuidanceContext { get; init; }

    /// <summary>Medications taken on the day of the request, by canonical name; null when no list was given.</summary>
    public IReadOnlyList<ActiveMedication>? ActiveMedications { get; init; }

    /// <summary>Drugs asked for, by canonical name, without repetition; null when none were named.</summary>
    public IReadOnlyList<Candidate>? Candidates { get; init; }

    /// <summary>What the caller must know about the input.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}

/// <summary>A drug to score.</summary>
/// <param name="Drug">Canonical lower-case ingredient name.</param>
/// <param name="Path">JSON pointer of where the request names it.</param>
public sealed record Candidate(string Drug, string Path);

/// <summary>A medication that is taken on the day of the request.</summary>
/// <param name="Drug">Canonical lower-case name of an ingredient or a class.</param>
/// <param name="Path">JSON pointer of where the request names it.</param>
public sealed record ActiveMedication(string Drug, string Path);
