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

    /// <summary>The medication history; null when no list was given.</summary>
    internal IReadOnlyList<KnownMedication>? History { get; init; }

    /// <summary>The day of the request, UTC.</summary>
    internal DateOnly Day { get; init; }

    /// <summary>
    /// The profile as the models of a drug must see it. They were made on people who take the drug, so it is none of its own
    /// comedications: it is not among the medications taken, and does not shift the phenotypes that its own fate depends on.
    /// </summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    /// <returns><see cref="Profile"/> itself, unless the history names the drug.</returns>
    public PatientProfile ProfileFor(string drug)
    {
        if (!IsInHistory(drug))
            return Profile;
        KnownMedication[] others =
            [.. History!.Select(medication => medication.Without(drug)).Where(static medication => medication.Use.Names.Count > 0)];
        var clinical = Phenoconverter.Convert(Genotype.Genetic, [.. others.Select(static medication => medication.Use)], Day);
        return TreatedProfile.With(Profile, clinical, others, Day);
    }

    private bool IsInHistory(string drug)
    {
        for (var i = 0; i < History?.Count; i++)
        {
            if (History[i].Names(drug))
                return true;
        }

        return false;
    }
}

/// <summary>A drug to score.</summary>
/// <param name="Drug">Canonical lower-case ingredient name.</param>
/// <param name="Path">JSON pointer of where the request names it.</param>
public sealed record Candidate(string Drug, string Path);

/// <summary>A medication that is taken on the day of the request.</summary>
/// <param name="Drug">Canonical lower-case name of an ingredient or a class.</param>
/// <param name="Path">JSON pointer of where the request names it.</param>
public sealed record ActiveMedication(string Drug, string Path);
