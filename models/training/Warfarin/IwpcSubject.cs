using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.Warfarin;

/// <summary>One subject of the IWPC cohort: the patient as a request would describe them, and the dose that they needed.</summary>
internal sealed record IwpcSubject
{
    /// <summary>Line of the file, the header being line 1.</summary>
    public required int Line { get; init; }

    /// <summary>Run of neighbouring accession numbers, a stand-in for the contributing site.</summary>
    public required string Block { get; init; }

    /// <summary>Race by the consortium's coding.</summary>
    public required IwpcRace Race { get; init; }

    /// <summary>The patient, in the terms that the service computes features from.</summary>
    public required PatientProfile Profile { get; init; }

    /// <summary>CYP2C9 diplotype as written (<c>*1/*2</c>), null when unknown.</summary>
    public required string? Cyp2c9 { get; init; }

    /// <summary>Carbamazepine, phenytoin or rifampin, unknown counted as not taken.</summary>
    public required bool EnzymeInducer { get; init; }

    /// <summary>Amiodarone, unknown counted as not taken.</summary>
    public required bool Amiodarone { get; init; }

    /// <summary>Whether the subject reached a stable dose; null when not recorded.</summary>
    public required bool? ReachedStableDose { get; init; }

    /// <summary>Whether the target INR was 2 to 3, by the nearest rule to the paper's that the columns allow.</summary>
    public required bool UsualTarget { get; init; }

    /// <summary>The stable dose in mg per week; null when not recorded.</summary>
    public required double? WeeklyDose { get; init; }

    /// <summary>Number of VKORC1 rs9923231 variant alleles, null when unknown.</summary>
    public int? Vkorc1Variants => Profile.Alleles.TryGetValue("VKORC1", out var alleles)
        ? alleles.Count(static allele => allele.Contains("variant", StringComparison.Ordinal))
        : null;
}

/// <summary>Race as the consortium coded it.</summary>
internal enum IwpcRace
{
    White,
    Asian,
    Black,
    MissingOrMixed,
}
