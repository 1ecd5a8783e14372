using System.Globalization;

namespace DrugResponse.ModelArchives.Tests.Support;

/// <summary>How close the answers must come to those of ML.NET.</summary>
internal enum Agreement
{
    /// <summary>To the last bit: every operation is one that IEEE 754 defines, in an order that is known.</summary>
    Exact,

    /// <summary>
    /// To rounding: exp, log and tanh come from the platform's mathematics library, which may differ in the last bit of a Double.
    /// </summary>
    Rounded,

    /// <summary>The archive has a component that is not evaluated.</summary>
    Unsupported,
}

/// <summary>An archive that ML.NET wrote, rows of inputs, and what ML.NET itself answers for them.</summary>
/// <remarks>
/// Made with ML.NET built from its main branch (August 2026, assembly version 1.0.0.0) and LightGBM 4.6.0: each archive was
/// loaded again and scored on the rows. Numbers are the shortest text that reads back to the same bits; an empty input cell is
/// NaN or the empty text. The last 18 rows of most inputs are edge cases (missing, zero, huge, infinite, denormal).
/// </remarks>
internal sealed class Fixture
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");
    private static readonly CsvTable Manifest = CsvTable.Parse(File.ReadAllText(Path.Combine(Root, "fixtures.csv")));

    private Fixture(string[] line)
    {
        Name = line[0];
        Agreement = Enum.Parse<Agreement>(line[2], ignoreCase: true);
        Archive = File.ReadAllBytes(Path.Combine(Root, Name, "model.zip"));
        Inputs = CsvTable.Parse(File.ReadAllText(Path.Combine(Root, "Inputs", $"{line[1]}.csv")));
        Expected = Agreement == Agreement.Unsupported ? new CsvTable([], []) : CsvTable.Parse(File.ReadAllText(Path.Combine(Root, Name, "expected.csv")));
    }

    public string Name { get; }

    public Agreement Agreement { get; }

    public byte[] Archive { get; }

    public CsvTable Inputs { get; }

    public CsvTable Expected { get; }

    public static IEnumerable<string> Names(params Agreement[] agreements) =>
        Manifest.Rows.Where(line => agreements.Contains(Enum.Parse<Agreement>(line[2], ignoreCase: true))).Select(line => line[0]);

    public static Fixture Load(string name) => new(Manifest.Rows.Single(line => line[0] == name));

    /// <summary>Fills a row with the inputs of a line.</summary>
    public void Fill(ModelRow row, int line)
    {
        for (var input = 0; input < row.Inputs.Count; input++)
        {
            var columns = Columns(row.Inputs[input]).ToArray();
            for (var slot = 0; slot < columns.Length; slot++)
                row.SetFromText(input, Inputs.Cell(line, columns[slot]), slot);
        }
    }

    /// <summary>The inputs of the first lines by column, for a scorer whose inputs are numbers and texts.</summary>
    public ModelColumns Columns(ModelScorer scorer, int count)
    {
        var columns = scorer.CreateColumns(count);

        for (var input = 0; input < scorer.Inputs.Count; input++)
        {
            var names = Columns(scorer.Inputs[input]).ToArray();
            for (var slot = 0; slot < names.Length; slot++)
            {
                var cells = Enumerable.Range(0, count).Select(line => Inputs.Cell(line, names[slot]));
                if (scorer.Inputs[input].ItemType == ColumnItemType.Text)
                    columns.SetTexts(input, cells.ToArray(), slot);
                else
                    columns.SetSingles(input, cells.Select(ParseSingle).ToArray(), slot);
            }
        }

        return columns;
    }

    /// <summary>The numbers of a line, for a scorer whose inputs are all of type Single.</summary>
    public float[] Numbers(ModelScorer scorer, int line) =>
        [.. scorer.Inputs.SelectMany(input => Columns(input).Select(column => ParseSingle(Inputs.Cell(line, column))))];

    public static float ParseSingle(string cell) =>
        cell.Length == 0 ? float.NaN : float.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Columns(ModelInput input) => input.VectorLength is not { } length
        ? [input.Name]
        : Enumerable.Range(0, length).Select(slot => string.Create(CultureInfo.InvariantCulture, $"{input.Name}.{slot}"));
}
