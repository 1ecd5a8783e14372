using System.Globalization;
using System.Text;

namespace DrugResponse.Benchmarks.Batches;

/// <summary>A made-up cohort of patients that differ from each other, each with three drugs to score.</summary>
internal static class CohortFile
{
    private static readonly string[] Diplotypes = ["*1/*1", "*1/*2", "*1/*3", "*2/*3", "*3/*3"];
    private static readonly string[] Ancestries = ["European", "East Asian", "African American/Afro-Caribbean", "Latino"];

    /// <summary>Writes the cohort as NDJSON.</summary>
    public static byte[] Write(int rows)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"rowId\":\"P-{i}\",\"patient\":{{\"ageYears\":{20 + i * 7 % 70},\"sex\":\"{(i % 2 == 0 ? "female" : "male")}\",");
            text.Append(CultureInfo.InvariantCulture, $"\"weightKg\":{45 + i * 13 % 70}.5,\"heightCm\":{145 + i * 11 % 50},\"ancestry\":\"{Ancestries[i % 4]}\"}},");
            text.Append($"\"genotype\":{{\"diplotypes\":{{\"CYP2C9\":\"{Diplotypes[i % 5]}\",\"CYP2C19\":\"*1/*{1 + i % 3}\",\"SLCO1B1\":\"*1/*5\"}},");
            text.Append($"\"variants\":{{\"rs9923231\":\"{(i % 3 == 0 ? "C/C" : "C/T")}\"}}}},\"medications\":[{{\"drug\":\"amiodarone\"}}],");
            text.Append("\"conditions\":[\"heart failure\"],\"candidates\":[\"warfarin\",\"clopidogrel\",\"simvastatin\"]}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
