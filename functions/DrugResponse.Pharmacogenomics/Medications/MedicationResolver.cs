using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>Finds out which drugs an entry of a medication history means.</summary>
/// <remarks>Pure; safe to call from any thread. What is not known is reported in the result, never passed over in silence.</remarks>
public static class MedicationResolver
{
    /// <summary>Resolves an entry by name, RxNorm id, ATC code or free text.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The drugs and classes recognised, and what was not.</returns>
    public static MedicationResolution Resolve(MedicationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);

        var catalogue = SubstanceCatalogue.Default;
        List<Substance> found = [];
        List<InterpretationWarning> warnings = [];
        Read(entry.Drug, "/drug", text => catalogue.FindByName(text) is { } s ? [s] : SplitNames(catalogue, text));
        Read(entry.RxNorm, "/rxNorm", code => catalogue.FindByRxNorm(code) is { } s ? [s] : []);
        Read(entry.Atc, "/atc", catalogue.FindByAtc);

        Substance[] substances = [.. found.Distinct()];
        return new MedicationResolution
        {
            Substances = substances,
            Names = [.. substances.SelectMany(s => s.Parts.Prepend(s.Name)).Distinct()],
            Warnings = warnings,
        };

        void Read(string? text, string path, Func<string, IReadOnlyList<Substance>> find)
        {
            if (string.IsNullOrWhiteSpace(text))
                return;

            var hits = find(text);
            found.AddRange(hits);
            if (hits.Count == 0)
                warnings.Add(new InterpretationWarning(WarningCodes.UnknownDrug, path, $"{InterpretationLog.Quote(text)} is not a known drug; it was not used."));
        }
    }

    /// <summary>Combinations written out: <c>a/b</c>, <c>a + b</c>, <c>a and b</c>; only when every part is known.</summary>
    private static IReadOnlyList<Substance> SplitNames(SubstanceCatalogue catalogue, string text)
    {
        var parts = text.Replace(" and ", "/", StringComparison.OrdinalIgnoreCase).Split(['/', '+', '&'], StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
            return [];

        var substances = parts.Select(catalogue.FindByName).ToArray();
        return substances.Any(s => s is null) ? [] : [.. substances.OfType<Substance>()];
    }
}
