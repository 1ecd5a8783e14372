using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenoconversion;

namespace DrugResponse.Prediction.Patients;

/// <summary>Finds out which drugs a request means: those taken on a day, and those asked for.</summary>
internal static class MedicationReader
{
    /// <summary>The history as understood, one entry for each of the request's; null when none was given.</summary>
    public static IReadOnlyList<KnownMedication>? ReadHistory(IReadOnlyList<Medication>? history, List<Warning> warnings) =>
        history is null ? null : [.. history.Index().Select(entry => Read(entry.Item, $"/medications/{entry.Index}", warnings))];

    /// <summary>The medications taken on a day; an entry of a history that ended, or has not begun, is none of them.</summary>
    public static IReadOnlyList<ActiveMedication> Active(IReadOnlyList<KnownMedication> history, DateOnly day) =>
    [
        .. history
            .Where(medication => medication.IsTakenOn(day))
            .SelectMany(medication => medication.Use.Names.Select(name => new ActiveMedication(name, medication.Path))),
    ];

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

    private static KnownMedication Read(Medication medication, string path, List<Warning> warnings)
    {
        var resolution = Resolve(ToEntry(medication), path, warnings);
        var isStopped = medication.Status == "stopped" || (medication.Status is null && resolution.Line is { SaysStopped: true });
        return new KnownMedication(
            new MedicationUse(resolution.Names, isStopped, medication.Started, medication.Stopped),
            path,
            OutcomeReader.Read(medication, resolution.Names),
            LineDose.Of(resolution));
    }

    private static MedicationEntry ToEntry(Medication medication) => new()
    {
        Drug = medication.Drug,
        RxNorm = medication.RxNorm,
        Atc = medication.Atc,
        Text = medication.Text,
    };

    private static MedicationResolution Resolve(MedicationEntry entry, string path, List<Warning> warnings)
    {
        var resolution = MedicationResolver.Resolve(entry);
        warnings.AddRange(resolution.Warnings.Select(warning => new Warning(warning.Code, path + warning.Path, warning.Message)));
        return resolution;
    }

    // A candidate is a plain string, so the pointer ends at it.
    private static IEnumerable<string> ResolveCandidate(string name, string path, List<Warning> warnings)
    {
        var resolution = MedicationResolver.Resolve(new MedicationEntry { Drug = name });
        warnings.AddRange(resolution.Warnings.Select(warning => new Warning(warning.Code, path, warning.Message)));
        return resolution.Substances.Select(substance => substance.Name);
    }
}
