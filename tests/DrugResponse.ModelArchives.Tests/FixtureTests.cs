using System.Globalization;
using DrugResponse.ModelArchives.Tests.Support;

namespace DrugResponse.ModelArchives.Tests;

public class FixtureTests
{
    public static TheoryData<string> Scored => [.. Fixture.Names(Agreement.Exact, Agreement.Rounded)];

    public static TheoryData<string> Predicting => [.. Fixture.Names(Agreement.Exact, Agreement.Rounded).Where(name => ModelArchive.Read(Fixture.Load(name).Archive).Kind != PredictionKind.None)];

    public static TheoryData<string> Unsupported => [.. Fixture.Names(Agreement.Unsupported)];

    [Theory]
    [MemberData(nameof(Scored))]
    public void Every_cell_is_what_mlnet_answers(string name)
    {
        var fixture = Fixture.Load(name);
        var evaluator = ModelArchive.Read(fixture.Archive).CompileOutputs();
        var row = evaluator.CreateRow();

        Assert.Equal(fixture.Expected.Header, evaluator.CellNames);

        for (var line = 0; line < fixture.Inputs.Rows.Length; line++)
        {
            fixture.Fill(row, line);
            var cells = evaluator.Evaluate(row);

            for (var cell = 0; cell < cells.Length; cell++)
                AssertAgrees(fixture, line, evaluator.CellNames[cell], fixture.Expected.Rows[line][cell], cells[cell]);
        }
    }

    [Theory]
    [MemberData(nameof(Predicting))]
    public void Scorer_and_evaluator_agree(string name)
    {
        var fixture = Fixture.Load(name);
        var archive = ModelArchive.Read(fixture.Archive);
        var scorer = archive.Compile();
        var row = scorer.CreateRow();

        if (archive.Kind is PredictionKind.Multiclass or PredictionKind.Clustering)
            return;

        for (var line = 0; line < fixture.Inputs.Rows.Length; line++)
        {
            fixture.Fill(row, line);
            var prediction = scorer.Predict(row);

            AssertAgrees(fixture, line, "Score", fixture.Expected.Cell(line, "Score"), prediction.Score.ToString("R", CultureInfo.InvariantCulture));
            if (scorer.IsCalibrated)
                AssertAgrees(fixture, line, "Probability", fixture.Expected.Cell(line, "Probability"), prediction.Probability.ToString("R", CultureInfo.InvariantCulture));
            if (archive.Kind is PredictionKind.Binary or PredictionKind.Anomaly)
                Assert.Equal(fixture.Expected.Cell(line, "PredictedLabel"), prediction.PredictedLabel ? "true" : "false");
        }
    }

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void The_component_is_named_with_its_place_and_a_hint_when_it_is_not_supported(string name)
    {
        var exception = Assert.Throws<UnsupportedComponentException>(() => ModelArchive.Read(Fixture.Load(name).Archive));

        Assert.StartsWith("TransformerChain/Transform_", exception.Place, StringComparison.Ordinal);
        Assert.NotEmpty(exception.LoaderSignature);
        Assert.NotNull(exception.Hint);
        Assert.Contains(exception.LoaderSignature, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Rounded: what a last-bit difference of exp, log or tanh in Double can do to a Single is one unit in its last place, 6e-8
    /// relative; ten of them are granted for sums of a few such terms. Labels never differ.
    /// </summary>
    private static void AssertAgrees(Fixture fixture, int line, string column, string expected, string actual)
    {
        if (expected == actual)
            return;

        var isClose = fixture.Agreement == Agreement.Rounded
            && float.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted)
            && float.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var found)
            && Math.Abs(wanted - found) <= 6e-7 * Math.Max(1e-3, Math.Abs(wanted));

        Assert.True(isClose, $"{fixture.Name}, line {line}, {column}: ML.NET answers {expected}, this library {actual}.");
    }
}
