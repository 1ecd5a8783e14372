using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>Finds out which drugs an entry of a medication history means.</summary>
/// <remarks>Pure; safe to call from any thread. What is not known is reported in the result, never passed over in silence.</remarks>
public static class MedicationResolver
{
    private static readonly char[] CombinationSigns = ['/', '+', '&'];

    /// <summary>Resolves an entry by name, RxNorm id, ATC code or free text.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The drugs and classes recognised, and what was not.</returns>
    public static MedicationResolution Resolve(MedicationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);

        var catalogue = SubstanceCatalogue.Default;
        List<Substance> found = [];
        List<InterpretationWarning> warnings = [];
        Read(entry.Drug, "/drug", FindNamed);
        Read(entry.RxNorm, "/rxNorm", code => catalogue.FindByRxNorm(code) is { } s ? [s] : []);
        Read(entry.Atc, "/atc", catalogue.FindByAtc);
        var line = ReadLine(entry.Text, found, warnings);

        Substance[] substances = [.. found.Distinct()];
        return new MedicationResolution
        {
            Substances = substances,
            Names = [.. substances.SelectMany(s => s.Parts.Prepend(s.Name)).Distinct()],
            Line = line,
            Warnings = warnings,
        };

        void Read(string? text, string path, Func<string, IReadOnlyList<Substance>> find)
        {
            if (string.IsNullOrWhiteSpace(text))
                return;

            var hits = find(text);
            found.AddRange(hits);
            if (hits.Count == 0)
            {
                warnings.Add(new InterpretationWarning(
                    WarningCodes.UnknownDrug, path, $"{InterpretationLog.Quote(text)} is not a known drug; it was not used."));
            }
        }
    }

    /// <summary>The drug or drugs of a name: itself, or a combination written out whose every part is known.</summary>
    internal static IReadOnlyList<Substance> FindNamed(string text)
    {
        var catalogue = SubstanceCatalogue.Default;
        if (catalogue.FindByName(text) is { } single)
            return [single];

        var parts = text.Replace(" and ", "/", StringComparison.OrdinalIgnoreCase).Split(CombinationSigns, StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
            return [];

        var substances = parts.Select(catalogue.FindByName).ToArray();
        return substances.Any(s => s is null) ? [] : [.. substances.OfType<Substance>()];
    }

    private static MedicationLine? ReadLine(string? text, List<Substance> found, List<InterpretationWarning> warnings)
    {
        const string Path = "/text";
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var (line, substances) = MedicationLineParser.Parse(text);
        if (line.IsAllergy)
        {
            warnings.Add(new InterpretationWarning(
                WarningCodes.NotAMedication, Path, "The line records an allergy or intolerance; it was not used."));
            return line;
        }

        found.AddRange(substances);
        if (substances.Count == 0)
        {
            warnings.Add(new InterpretationWarning(
                WarningCodes.UnknownDrug, Path, $"{InterpretationLog.Quote(text)} names no known drug; it was not used."));
        }
        else if (line.NotUnderstood.Count > 0)
        {
            warnings.Add(new InterpretationWarning(WarningCodes.NotUnderstood, Path,
                $"Not understood and not used: {string.Join(", ", line.NotUnderstood.Select(w => InterpretationLog.Quote(w)))}."));
        }

        if (line.DrugTexts.Count > 1)
        {
            warnings.Add(new InterpretationWarning(
                WarningCodes.SeveralDrugs, Path, $"The line names {line.DrugTexts.Count} drugs; all were used."));
        }

        return line;
    }
}
