using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Prediction.Patients;

/// <summary>Finds out which drugs a request means: those taken on a day, and those asked for.</summary>
internal static class MedicationReader
{
    /// <summary>The medications taken on a day; an entry of a history that ended, or has not begun, is none of them.</summary>
    public static IReadOnlyList<ActiveMedication>? ReadActive(IReadOnlyList<Medication>? history, DateOnly today, List<Warning> warnings)
    {
        if (history is null)
            return null;
        var active = new List<ActiveMedication>();
        foreach (var (index, medication) in history.Index())
        {
            var path = $"/medications/{index}";
            var names = Resolve(ToEntry(medication), path, warnings);
            if (IsTaken(medication, today))
                active.AddRange(names.Select(name => new ActiveMedication(name, path)));
        }

        return active;
    }

    /// <summary>The drugs to score, each once, in the order asked for.</summary>
    public static IReadOnlyList<Candidate>? ReadCandidates(IReadOnlyList<string>? names, List<Warning> warnings)
    {
        if (names is null)
            return null;
        var candidates = new List<Candidate>();
        foreach (var (index, name) in names.Index())
        {
            var path = $"/candidates/{index}";
            candidates.AddRange(ResolveCandidate(name, path, warnings).Select(drug => new Candidate(drug, path)));
        }

        return [.. candidates.DistinctBy(candidate => candidate.Drug, StringComparer.Ordinal)];
    }

    private static bool IsTaken(Medication medication, DateOnly today) =>
        medication.Status != "stopped" && !(medication.Started > today) && !(medication.Stopped < today);

    private static MedicationEntry ToEntry(Medication medication) => new()
    {
        Drug = medication.Drug,
        RxNorm = medication.RxNorm,
        Atc = medication.Atc,
        Text = medication.Text,
    };

    private static IReadOnlyList<string> Resolve(MedicationEntry entry, string path, List<Warning> warnings)
    {
        var resolution = MedicationResolver.Resolve(entry);
        warnings.AddRange(resolution.Warnings.Select(warning => new Warning(warning.Code, path + warning.Path, warning.Message)));
        return resolution.Names;
    }

    // A candidate is a plain string, so the pointer ends at it.
    private static IEnumerable<string> ResolveCandidate(string name, string path, List<Warning> warnings)
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = name });
        warnings.AddRange(resolution.Warnings.Select(warning => new Warning(warning.Code, path, warning.Message)));
        return resolution.Substances.Select(substance => substance.Name);
    }
}
