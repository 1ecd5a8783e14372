using System.Globalization;

namespace DrugResponse.ModelArchives.Tests.Support;

/// <summary>An archive that ML.NET wrote, rows of inputs, and what ML.NET itself answers for them.</summary>
/// <remarks>
/// Made with ML.NET built from its main branch (August 2026, assembly version 1.0.0.0) and LightGBM 4.6.0: the archive was
/// loaded again and scored on the rows. Numbers are the shortest text that reads back to the same bits; an empty input cell is NaN
/// or the empty text. The last 18 rows of most inputs are edge cases (missing, zero, huge, infinite, denormal).
/// </remarks>
internal sealed class Fixture
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    private Fixture(string name)
    {
        Name = name;
        Archive = File.ReadAllBytes(Path.Combine(Root, name, "model.zip"));
        Inputs = CsvTable.Parse(File.ReadAllText(Path.Combine(Root, name, "inputs.csv")));
        Expected = CsvTable.Parse(File.ReadAllText(Path.Combine(Root, name, "expected.csv")));
    }

    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    public string Name { get; }

    public byte[] Archive { get; }

    public CsvTable Inputs { get; }

    public CsvTable Expected { get; }

    public static Fixture Load(string name) => new(name);

    /// <summary>The numbers of a row, for a scorer whose inputs are all of type Single.</summary>
    public float[] Numbers(ModelScorer scorer, int row) =>
        [.. scorer.Inputs.SelectMany(input => Columns(input).Select(column => ParseSingle(Inputs.Cell(row, column))))];

    public static float ParseSingle(string cell) =>
        cell.Length == 0 ? float.NaN : float.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Columns(ModelInput input) => input.VectorLength is not { } length
        ? [input.Name]
        : Enumerable.Range(0, length).Select(slot => string.Create(CultureInfo.InvariantCulture, $"{input.Name}.{slot}"));
}
