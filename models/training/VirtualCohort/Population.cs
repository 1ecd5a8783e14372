using System.Globalization;
using DrugResponse.Pharmacogenomics.Medications;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>What the patients of a virtual population are like. Read from the table; immutable.</summary>
internal sealed record Population
{
    private const string Everybody = "*";

    private static readonly Lazy<ILookup<string, TsvRow>> Table = new(() =>
        EmbeddedTsv.Read("populations").ToLookup(static row => row.Text("population"), StringComparer.Ordinal));

    /// <summary>Name of the population.</summary>
    public required string Name { get; init; }

    /// <summary>Age in years: mean, standard deviation, least, greatest.</summary>
    public required (double Mean, double Sd, double Min, double Max) Age { get; init; }

    /// <summary>Share of women.</summary>
    public required double Female { get; init; }

    /// <summary>Conditions and how often they occur.</summary>
    public required IReadOnlyList<ConditionRate> Conditions { get; init; }

    /// <summary>Medications and how often they are taken.</summary>
    public required IReadOnlyList<MedicationRate> Medications { get; init; }

    /// <summary>Measurements and their distributions.</summary>
    public required IReadOnlyList<MeasurementRange> Measurements { get; init; }

    /// <summary>Doses by drug, each with its share.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<(double Dose, double Share)>> Doses { get; init; }

    /// <summary>Classes of drugs that failed before: shares with one and with two or more.</summary>
    public required IReadOnlyList<(string Class, double One, double Two)> Failures { get; init; }

    /// <summary>Adverse events in the past: class of drugs, share, event.</summary>
    public required IReadOnlyList<(string Class, double Share, string Event)> Events { get; init; }

    /// <summary>The population of a name.</summary>
    public static Population Of(string name)
    {
        var own = Table.Value[name].ToList();
        var all = Table.Value[Everybody].Where(row => !own.Exists(each => Key(each) == Key(row))).Concat(own).ToList();
        var age = own.Single(static row => row.Text("kind") == "age");
        return new Population
        {
            Name = name,
            Age = (age.Number("a"), age.Number("b"), age.Number("c"), age.Number("d")),
            Female = own.Single(static row => row.Text("kind") == "female").Number("a"),
            Conditions = [.. OfKind(all, "condition").Select(static row => new ConditionRate(row.Text("name"), row.Number("a"), row.Number("b"), row.Number("c")))],
            Medications =
            [
                .. OfKind(all, "medication").Select(static row =>
                    new MedicationRate(NamesOf(row.Text("name")), row.Number("a"), row.TextOrNull("given"), row.NumberOrNull("b") ?? row.Number("a"))),
            ],
            Measurements =
            [
                .. OfKind(all, "measurement").Select(static row =>
                    new MeasurementRange(row.Text("name"), row.Number("a"), row.Number("b"), row.Number("c"), row.Number("d"))),
            ],
            Doses = OfKind(all, "dose").ToDictionary(static row => row.Text("name"), static row => Shares(row.Text("given"))),
            Failures = [.. OfKind(all, "failures").Select(static row => (row.Text("name"), row.Number("a"), row.Number("b")))],
            Events = [.. OfKind(all, "event").Select(static row => (row.Text("name"), row.Number("a"), row.Text("given")))],
        };
    }

    private static IReadOnlyList<string> NamesOf(string medication)
    {
        var names = MedicationResolver.Resolve(new MedicationEntry { Drug = medication }).Names;
        return names.Count > 0 ? names : throw new InvalidDataException($"Table populations: the medication '{medication}' is not known.");
    }

    private static IEnumerable<TsvRow> OfKind(IEnumerable<TsvRow> rows, string kind) => rows.Where(row => row.Text("kind") == kind);

    private static (string, string) Key(TsvRow row) => (row.Text("kind"), row.Text("name"));

    private static IReadOnlyList<(double Dose, double Share)> Shares(string text) =>
    [
        .. text.Split(' ').Select(static part => part.Split(':'))
            .Select(static pair => (Number(pair[0]), Number(pair[1]))),
    ];

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>How often a condition occurs.</summary>
/// <param name="Name">Canonical name.</param>
/// <param name="AtSixty">Share at 60 years.</param>
/// <param name="PerDecade">Log odds ratio per decade of age.</param>
/// <param name="Women">Log odds ratio of women against men.</param>
internal sealed record ConditionRate(string Name, double AtSixty, double PerDecade, double Women);

/// <summary>How often a medication is taken.</summary>
/// <param name="Names">Canonical names, as the service resolves the drug: of a combination, its parts too.</param>
/// <param name="Share">Share of patients who take it.</param>
/// <param name="Given">A condition that changes the share; null for none.</param>
/// <param name="ShareGiven">Share among those with the condition.</param>
internal sealed record MedicationRate(IReadOnlyList<string> Names, double Share, string? Given, double ShareGiven);

/// <summary>Distribution of a measurement: log-normal, cut at both ends.</summary>
/// <param name="Name">Name as in the catalogue.</param>
/// <param name="Median">Median.</param>
/// <param name="LogSd">Standard deviation of the logarithm.</param>
/// <param name="Min">Least value.</param>
/// <param name="Max">Greatest value.</param>
internal sealed record MeasurementRange(string Name, double Median, double LogSd, double Min, double Max);
