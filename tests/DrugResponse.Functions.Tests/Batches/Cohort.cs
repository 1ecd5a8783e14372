using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>A made-up cohort: patients that differ from each other, and among them rows with faults.</summary>
internal static class Cohort
{
    /// <summary>Rows as NDJSON. The row of index i has the id <c>P-i</c> and stands on line i + 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="faulty">Indexes of rows that cannot be scored.</param>
    public static string NdJson(int count, params IReadOnlyCollection<int> faulty) =>
        string.Concat(Enumerable.Range(0, count).Select(index => (faulty.Contains(index) ? FaultyRow(index) : Row(index)).ToJsonString() + "\n"));

    /// <summary>The same rows as a JSON array.</summary>
    public static string Json(int count) => $"[{string.Join(",\n", Enumerable.Range(0, count).Select(static index => Row(index).ToJsonString()))}]";

    /// <summary>The same rows as CSV. The row of index i stands on line i + 2.</summary>
    public static string Csv(int count)
    {
        var text = new StringBuilder(
            "rowId,patient.ageYears,patient.sex,patient.weightKg,patient.heightCm,patient.ancestry,patient.smoker,genotype.diplotypes.CYP2C9,genotype.variants.rs9923231,medications,conditions,candidates\n");
        for (var index = 0; index < count; index++)
        {
            var row = Row(index);
            text.AppendJoin(
                ',',
                row["rowId"], row["patient"]!["ageYears"], row["patient"]!["sex"], row["patient"]!["weightKg"], row["patient"]!["heightCm"],
                row["patient"]!["ancestry"], row["patient"]!["smoker"], row["genotype"]!["diplotypes"]!["CYP2C9"], row["genotype"]!["variants"]!["rs9923231"],
                "amiodarone", "heart failure", "warfarin").Append('\n');
        }

        return text.ToString();
    }

    public static JsonObject Row(int index) => new()
    {
        ["rowId"] = Id(index),
        ["patient"] = new JsonObject
        {
            ["ageYears"] = 20 + index * 7 % 70,
            ["sex"] = index % 2 == 0 ? "female" : "male",
            ["weightKg"] = 50 + index * 13 % 60,
            ["heightCm"] = 150 + index * 11 % 45,
            ["ancestry"] = index % 3 == 0 ? "European" : "East Asian",
            ["smoker"] = index % 5 == 0,
        },
        ["genotype"] = new JsonObject
        {
            ["diplotypes"] = new JsonObject { ["CYP2C9"] = (index % 3) switch { 0 => "*1/*1", 1 => "*1/*2", _ => "*1/*3" } },
            ["variants"] = new JsonObject { ["rs9923231"] = (index % 4) switch { 0 => "C/C", 1 => "T/T", _ => "C/T" } },
        },
        ["medications"] = new JsonArray(new JsonObject { ["drug"] = "amiodarone" }),
        ["conditions"] = new JsonArray("heart failure"),
        ["candidates"] = new JsonArray("warfarin"),
    };

    public static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"P-{index}");

    private static JsonObject FaultyRow(int index)
    {
        var row = Row(index);
        row["patient"]!["weightKg"] = -1;
        row["genotype"]!["diplotypes"]!["CYP2C9"] = "*1/*9999";
        return row;
    }
}
