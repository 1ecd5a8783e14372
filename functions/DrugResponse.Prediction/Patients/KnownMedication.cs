using DrugResponse.Pharmacogenomics.Phenoconversion;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>An entry of a medication history as understood.</summary>
/// <param name="Use">Which drugs, and when; without names when none was recognised.</param>
/// <param name="Path">JSON pointer of the entry.</param>
/// <param name="Outcomes">What came of it; empty when the entry does not say.</param>
/// <param name="Dose">What its line says of the dose; null when it does not say.</param>
internal sealed record KnownMedication(
    MedicationUse Use, string Path, IReadOnlyList<MedicationOutcome> Outcomes, DrugDose? Dose = null)
{
    /// <summary>Whether it is taken on a day; an entry that ended, or has not begun, is not.</summary>
    public bool IsTakenOn(DateOnly day) => !Use.IsStopped && !(Use.Started > day) && !(Use.Stopped < day);

    /// <summary>
    /// Whether it was taken on some day from one to another; one that was stopped on an unknown day is not known to have been.
    /// </summary>
    public bool WasTakenSince(DateOnly from, DateOnly to) =>
        IsTakenOn(to) || (Use.Stopped is { } stopped && stopped >= from && !(Use.Started > to));

    /// <summary>Whether a drug is among its names, by itself or as a part of a combination.</summary>
    public bool Names(string drug)
    {
        for (var i = 0; i < Use.Names.Count; i++)
        {
            if (Use.Names[i] == drug)
                return true;
        }

        return false;
    }

    /// <summary>The same entry without a drug, and without the combinations that it is a part of.</summary>
    public KnownMedication Without(string drug)
    {
        return this with { Use = Use with { Names = [.. Use.Names.Where(IsOther)] } };

        bool IsOther(string name) => name != drug && !name.Split('/', StringSplitOptions.TrimEntries).Contains(drug);
    }
}

/// <summary>A dose of one drug.</summary>
/// <param name="Drug">Canonical ingredient name.</param>
/// <param name="Mg">Milligrams per administration.</param>
internal sealed record DrugDose(string Drug, double Mg);
