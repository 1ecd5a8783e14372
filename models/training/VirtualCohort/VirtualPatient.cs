using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>One simulated patient, of whom everything is known. Immutable.</summary>
internal sealed record VirtualPatient
{
    /// <summary>Position of the ancestry in <see cref="Ancestries.All"/>.</summary>
    public required int Ancestry { get; init; }

    /// <summary>Age in years.</summary>
    public required double Age { get; init; }

    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>Height in centimetres.</summary>
    public required double Height { get; init; }

    /// <summary>Weight in kilograms.</summary>
    public required double Weight { get; init; }

    /// <summary>Estimated glomerular filtration rate, mL/min/1.73 m².</summary>
    public required double EGfr { get; init; }

    /// <summary>Whether the patient smokes.</summary>
    public required bool Smoker { get; init; }

    /// <summary>Conditions by canonical name.</summary>
    public required IReadOnlySet<string> Conditions { get; init; }

    /// <summary>Medications taken now, without the drug that the cohort is for.</summary>
    public required IReadOnlySet<string> Medications { get; init; }

    /// <summary>Measurements by name.</summary>
    public required IReadOnlyDictionary<string, double> Measurements { get; init; }

    /// <summary>Doses by drug, mg.</summary>
    public required IReadOnlyDictionary<string, double> Doses { get; init; }

    /// <summary>What came of earlier medications.</summary>
    public required IReadOnlyList<MedicationOutcome> Outcomes { get; init; }

    /// <summary>What the genes say, in the order of the cohort's genes.</summary>
    public required IReadOnlyList<GeneCall> Calls { get; init; }

    /// <summary>How much the patient counts: 1 unless rare alleles were drawn more often.</summary>
    public required double Weighting { get; init; }
}
