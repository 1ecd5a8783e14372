using System.Collections.Immutable;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Prediction.Patients;

/// <summary>Finds out the dose of each drug: as the request states it, else as the line of a medication that is taken says.</summary>
internal static class DoseReader
{
    private const string Root = "/doses";

    /// <summary>Milligrams per administration, by canonical drug name.</summary>
    public static IReadOnlyDictionary<string, double> Read(
        IReadOnlyDictionary<string, double>? stated,
        IReadOnlyList<KnownMedication>? history,
        DateOnly day,
        FaultList faults,
        List<Warning> warnings)
    {
        if (stated is null && !HasDose(history))
            return ImmutableDictionary<string, double>.Empty;
        var doses = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, dose) in stated ?? ImmutableDictionary<string, double>.Empty)
        {
            var path = JsonPointer.Member(Root, name);
            if (Resolve(name, path, warnings) is { } drug && !doses.TryAdd(drug, dose))
                faults.Add(path, $"Names {drug} a second time.");
        }

        foreach (var line in OfLines(history ?? [], day))
            doses.TryAdd(line.Drug, line.Mg);
        return doses;
    }

    private static bool HasDose(IReadOnlyList<KnownMedication>? history)
    {
        for (var i = 0; i < history?.Count; i++)
        {
            if (history[i].Dose is not null)
                return true;
        }

        return false;
    }

    private static string? Resolve(string name, string path, List<Warning> warnings)
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = name });
        if (resolution.Substances is [{ IsClass: false, Parts: [_] } drug])
            return drug.Name;
        warnings.AddRange(resolution.Warnings.Select(warning => new Warning(warning.Code, path, warning.Message)));
        if (resolution.IsRecognised)
        {
            warnings.Add(new Warning(
                Pharmacogenomics.WarningCodes.UnknownDrug, path, "This is not one drug, so that its dose says nothing; it was not used."));
        }

        return null;
    }

    // Two lines of one drug with different doses do not say which is meant.
    private static IEnumerable<DrugDose> OfLines(IReadOnlyList<KnownMedication> history, DateOnly day) =>
        history
            .Where(medication => medication.Dose is not null && medication.IsTakenOn(day))
            .Select(static medication => medication.Dose!)
            .Distinct()
            .GroupBy(static dose => dose.Drug, StringComparer.Ordinal)
            .Where(static doses => doses.Count() == 1)
            .Select(static doses => doses.First());
}
