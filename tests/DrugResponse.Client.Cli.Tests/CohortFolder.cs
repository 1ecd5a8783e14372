using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DrugResponse.Client.Cli.Tests;

/// <summary>A folder with a cohort in it, gone after the test.</summary>
internal sealed class CohortFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cli-test-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Writes a cohort as CSV, in which the rows of some indexes are faulty.</summary>
    public string Csv(string name, int rows, params int[] faulty)
    {
        var text = new StringBuilder("rowId,patient.ageYears,patient.weightKg,genotype.diplotypes.CYP2C9,candidates\n");
        for (var row = 0; row < rows; row++)
        {
            var weight = faulty.Contains(row) ? "heavy" : "70";
            text.Append(CultureInfo.InvariantCulture, $"P-{row},{20 + row % 60},{weight},*1/*3,warfarin\n");
        }

        return Write(name, text.ToString());
    }

    /// <summary>Writes a cohort as NDJSON.</summary>
    public string NdJson(string name, int rows) => Write(
        name,
        string.Concat(Enumerable.Range(0, rows).Select(static row =>
            $"{{\"rowId\":\"P-{row}\",\"patient\":{{\"ageYears\":{20 + row % 60}}},\"candidates\":[\"warfarin\"]}}\n")));

    public string Write(string name, string text)
    {
        var path = this[name];
        using var file = File.Create(path);
        using var stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    public string[] Lines(string name) => File.ReadAllLines(this[name]);

    public IEnumerable<string> Files() => _folder.EnumerateFiles().Select(static file => file.Name).Order(StringComparer.Ordinal);
}
