using System.Globalization;
using DrugResponse.Training.Warfarin;

namespace DrugResponse.Training.Tests.Warfarin;

/// <summary>Writes rows of invented people in the columns of the cohort.</summary>
internal static class MadeUpCohort
{
    private static readonly string[] Races = ["White", "Asian", "Black or African American", "Missing or Mixed"];
    private static readonly string[] Vkorc1 = ["G/G", "A/G", "A/A"];
    private static readonly string[] Cyp2c9 = ["*1/*1", "*1/*2", "*1/*3"];
    private static readonly string[] Flags = ["0", "1", ""];

    public static readonly IReadOnlyDictionary<string, string> Person = new Dictionary<string, string>
    {
        ["id_block"] = "B01",
        ["sex"] = "female",
        ["race"] = "White",
        ["age_decade"] = "6",
        ["height_cm"] = "165",
        ["weight_kg"] = "70",
        ["enzyme_inducer"] = "0",
        ["medication_list_informative"] = "1",
        ["cyp2c9"] = "*1/*1",
        ["vkorc1_rs9923231"] = "A/G",
        ["reached_stable_dose"] = "1",
        ["therapeutic_dose_mg_week"] = "35",
    };

    public static string Csv(params IReadOnlyDictionary<string, string>[] changes) =>
        string.Join(',', IwpcColumns.All) + "\n"
        + string.Concat(changes.Select(change => string.Join(',', IwpcColumns.All.Select(column =>
            change.TryGetValue(column, out var changed) ? changed : Person.GetValueOrDefault(column, ""))) + "\n"));

    public static IReadOnlyDictionary<string, string> With(params (string Column, string Cell)[] cells) =>
        cells.ToDictionary(cell => cell.Column, cell => cell.Cell);

    public static List<IwpcSubject> Read(params IReadOnlyDictionary<string, string>[] changes) =>
        IwpcReader.Read(new StringReader(Csv(changes)));

    /// <summary>People whose dose falls with VKORC1 variants, CYP2C9 variants and age, and rises with weight.</summary>
    public static IReadOnlyDictionary<string, string>[] Many(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => OneOfMany(random))];
    }

    private static IReadOnlyDictionary<string, string> OneOfMany(Random random)
    {
        var decade = random.Next(2, 9);
        var weight = random.Next(45, 120);
        var vkorc1 = random.Next(3);
        var cyp2c9 = random.Next(3);
        var root = 6.5 - 0.25 * (decade - 6) + 0.015 * (weight - 75) - 0.85 * vkorc1 - 0.5 * cyp2c9 + (random.NextDouble() * 2 - 1);
        string Unless(double share, string text) => random.NextDouble() < share ? "" : text;
        return With(
            ("id_block", $"B{random.Next(1, 4):D2}"),
            ("sex", random.Next(2) == 0 ? "male" : "female"),
            ("race", Races[random.Next(4)]),
            ("age_decade", decade.ToString(CultureInfo.InvariantCulture)),
            ("weight_kg", Unless(0.05, weight.ToString(CultureInfo.InvariantCulture))),
            ("height_cm", Unless(0.1, random.Next(150, 190).ToString(CultureInfo.InvariantCulture))),
            ("vkorc1_rs9923231", Unless(0.05, Vkorc1[vkorc1])),
            ("cyp2c9", Unless(0.05, Cyp2c9[cyp2c9])),
            ("amiodarone", Flags[random.Next(3)]),
            ("diabetes", Flags[random.Next(3)]),
            ("therapeutic_dose_mg_week", (root * root).ToString("F1", CultureInfo.InvariantCulture)));
    }
}
