using System.Globalization;
using CsvHelper;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.Warfarin;

/// <summary>
/// Reads the IWPC cohort (the public copy of the consortium's data at ClinPGx, one row per subject) and turns every line into
/// the patient that a request to the service would describe, so that training and serving see the same features.
/// </summary>
/// <remarks>
/// A medication list counts as given when its free text is informative or any of the consortium's flags is known; drugs that are
/// neither flagged nor named are then taken as not taken, which is what a request's list says too. Conditions likewise.
/// The VKORC1 genotype is the one completed by the decision list of the paper's appendix.
/// </remarks>
internal static class IwpcReader
{
    private const int MostFaults = 100;

    /// <summary>Reads all subjects.</summary>
    /// <exception cref="DataFaultsException">The file cannot be used; all faults are named by line and column.</exception>
    public static List<IwpcSubject> Read(TextReader text)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true }, leaveOpen: true);
        csv.ReadHeader();
        var absent = IwpcColumns.All.Except(csv.Headers).Select(static column => $"line 1: column {column} is missing").ToList();
        if (absent.Count > 0)
            throw new DataFaultsException(absent);

        var faults = new List<string>();
        var subjects = new List<IwpcSubject>();
        while (faults.Count < MostFaults && csv.Read())
        {
            if (csv.FieldCount != csv.Headers.Count)
                faults.Add($"line {csv.LineNumber}: {csv.FieldCount} cells where the header has {csv.Headers.Count}");
            else
                subjects.Add(ToSubject(new IwpcRecord((int)csv.LineNumber, csv.GetString, faults)));
        }

        return faults.Count == 0 ? subjects : throw new DataFaultsException(faults);
    }

    private static IwpcSubject ToSubject(IwpcRecord record)
    {
        var race = record.OneOf("race", ("White", IwpcRace.White), ("Asian", IwpcRace.Asian),
            ("Black or African American", IwpcRace.Black), ("Missing or Mixed", IwpcRace.MissingOrMixed));
        return new IwpcSubject
        {
            Line = record.Line,
            Block = record.Required("id_block"),
            Race = race,
            Profile = ToProfile(record, race),
            Cyp2c9 = record.Text("cyp2c9"),
            EnzymeInducer = record.Flag("enzyme_inducer") ?? false,
            Amiodarone = record.Flag("amiodarone") ?? false,
            ReachedStableDose = record.Flag("reached_stable_dose"),
            UsualTarget = HasUsualTarget(record),
            WeeklyDose = record.Number("therapeutic_dose_mg_week", 0.1, 1000),
        };
    }

    private static PatientProfile ToProfile(IwpcRecord record, IwpcRace race) => new()
    {
        AgeYears = record.Number("age_decade", 1, 9) * 10 + 5,
        Sex = record.OneOf<Sex?>("sex", ("male", Sex.Male), ("female", Sex.Female), ("", null)),
        HeightCm = record.Number("height_cm", 50, 250),
        WeightKg = record.Number("weight_kg", 10, 400),
        Ancestry = race switch
        {
            IwpcRace.White => AncestryGroup.European,
            IwpcRace.Asian => AncestryGroup.Asian,
            IwpcRace.Black => AncestryGroup.AfricanAmerican,
            _ => null,
        },
        Smoker = record.Flag("current_smoker"),
        ActiveMedications = Named(record, IwpcColumns.Medications, record.Flag("medication_list_informative") ?? false),
        Conditions = Named(record, IwpcColumns.Conditions, isGiven: false),
        Alleles = Alleles(record),
    };

    private static HashSet<string>? Named(IwpcRecord record, IEnumerable<(string Column, string Name)> columns, bool isGiven)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (column, name) in columns)
        {
            var flag = record.Flag(column);
            // The flags derived from the free text are known only where it is informative; they add nothing here.
            isGiven |= flag is not null && !column.StartsWith("txt_", StringComparison.Ordinal);
            if (flag == true)
                names.Add(name);
        }

        return isGiven || names.Count > 0 ? names : null;
    }

    private static Dictionary<string, IReadOnlyList<string>> Alleles(IwpcRecord record)
    {
        const string Reference = "rs9923231 reference (C)";
        const string Variant = "rs9923231 variant (T)";

        var alleles = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (record.Text("cyp2c9") is { } diplotype)
        {
            var names = diplotype.Split('/');
            if (names.Length == 2 && names.All(static name => name.StartsWith('*')))
                alleles["CYP2C9"] = names;
            else
                record.Fault<string>("cyp2c9", "must be a diplotype such as *1/*2, or empty");
        }

        IReadOnlyList<string>? vkorc1 = record.OneOf<IReadOnlyList<string>?>("vkorc1_rs9923231",
            ("G/G", [Reference, Reference]), ("A/G", [Reference, Variant]), ("A/A", [Variant, Variant]), ("", null));
        if (vkorc1 is not null)
            alleles["VKORC1"] = vkorc1;

        return alleles;
    }

    private static bool HasUsualTarget(IwpcRecord record)
    {
        if (record.Number("target_inr", 0.5, 10) is { } target)
            return target is >= 2 and <= 3;
        if (record.Text("target_inr_range_estimated") is not { } range)
            return true;
        if (double.TryParse(range.Split('-')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low))
            return low < 2.5;

        return record.Fault<bool>("target_inr_range_estimated", "must be a range such as 2-3, or empty");
    }
}
