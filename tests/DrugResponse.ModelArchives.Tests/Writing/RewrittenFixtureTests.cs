using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Trees;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Writing;

/// <summary>Models that ML.NET wrote, read into definitions and written again.</summary>
public class RewrittenFixtureTests
{
    private static readonly string[] Features = ["Age", "Income", "DebtRatio", "Utilization", "Delinquencies", "OpenLines", "Tenure", "Amount"];

    [Theory]
    [InlineData("gam-binary", PredictionKind.Binary)]
    [InlineData("gam-regression", PredictionKind.Regression)]
    public void Every_stream_of_a_gam_is_byte_for_byte_the_one_of_mlnet(string name, PredictionKind kind)
    {
        var fixture = Open(name);
        var (predictor, calibration) = ReadPredictor(fixture, "TransformerChain/Transform_001/Model");
        var gam = (GamPredictor)predictor;
        var definition = new ModelDefinition
        {
            Kind = kind,
            Inputs = [.. Features.Select(feature => new NumericInput(feature))],
            Predictor = new GamDefinition(gam.Intercept, [.. Enumerable.Range(0, Features.Length).Select(feature => Shape(gam, feature))]),
            Calibration = calibration,
        };

        var written = ZipContainer.Open(ModelArchiveWriter.ToBytes(definition), ModelArchiveLimits.Default);

        AssertSameStreams(fixture, written, fixture.Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData("lbfgs-logistic", PredictionKind.Binary)]
    [InlineData("sdca-regression", PredictionKind.Regression)]
    public void Every_stream_of_a_linear_predictor_is_byte_for_byte_the_one_of_mlnet(string name, PredictionKind kind)
    {
        var fixture = Open(name);
        var (predictor, calibration) = ReadPredictor(fixture, "TransformerChain/Transform_002/Model");
        var linear = (LinearPredictor)predictor;
        var definition = new ModelDefinition
        {
            Kind = kind,
            Inputs = [.. Features.Select(feature => new NumericInput(feature) { Replacement = 0 })],
            Predictor = new LinearDefinition((float)linear.Intercept, linear.Weights.Weights.ToArray()),
            Calibration = calibration,
        };

        var written = ZipContainer.Open(ModelArchiveWriter.ToBytes(definition), ModelArchiveLimits.Default);

        AssertSameStreams(fixture, written, fixture.Entries.Select(entry => entry.Name).Where(entry => entry.Contains("Transform_002", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_stream_of_replacement_and_concatenation_is_byte_for_byte_the_one_of_mlnet()
    {
        var fixture = Open("fasttree-binary");
        var replacements = fixture.TryRead("TransformerChain/Transform_000/Model.key")!.Value;
        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(ReplacementValues(replacements.Span)).ToArray();
        var definition = new ModelDefinition
        {
            Kind = PredictionKind.Binary,
            Inputs = [.. Features.Select((feature, index) => new NumericInput(feature) { Replacement = values[index] })],
            Predictor = new LinearDefinition(0, new float[Features.Length]),
        };

        var written = ZipContainer.Open(ModelArchiveWriter.ToBytes(definition), ModelArchiveLimits.Default);

        Assert.Equal(replacements.ToArray(), written.TryRead("TransformerChain/Transform_000/Model.key")!.Value.ToArray());
        Assert.Equal(
            Open("gam-binary").TryRead("TransformerChain/Transform_000/Model.key")!.Value.ToArray(),
            written.TryRead("TransformerChain/Transform_001/Model.key")!.Value.ToArray());
    }

    [Theory]
    [InlineData("fasttree-two-leaves", "TransformerChain/Transform_001/Model", PredictionKind.Binary)]
    [InlineData("fasttree-regression", "TransformerChain/Transform_001/Model", PredictionKind.Regression)]
    [InlineData("lightgbm-regression", "TransformerChain/Transform_001/Model", PredictionKind.Regression)]
    public void A_rewritten_tree_ensemble_scores_the_same_to_the_last_bit(string name, string model, PredictionKind kind)
    {
        var (predictor, calibration) = ReadPredictor(Open(name), model);
        var definition = new ModelDefinition
        {
            Kind = kind,
            Inputs = [.. Features.Select(feature => new NumericInput(feature))],
            Predictor = new TreeEnsembleDefinition([.. ((TreePredictor)predictor).Trees.Select(Tree)]),
            Calibration = calibration,
        };
        var fixture = Fixture.Load(name);
        var original = ModelArchive.Read(fixture.Archive).CompileOutputs();
        var rewritten = ModelArchive.Read(ModelArchiveWriter.ToBytes(definition)).CompileOutputs();
        var (left, right) = (original.CreateRow(), rewritten.CreateRow());

        for (var line = 0; line < fixture.Inputs.Rows.Length; line++)
        {
            fixture.Fill(left, line);
            fixture.Fill(right, line);

            Assert.Equal(original.Evaluate(left), rewritten.Evaluate(right));
        }
    }

    private static ZipContainer Open(string name) => ZipContainer.Open(Fixture.Load(name).Archive, ModelArchiveLimits.Default);

    private static (Predictor Predictor, PlattCalibration? Calibration) ReadPredictor(ZipContainer container, string directory)
    {
        var predictor = PredictorCatalog.Read(new ModelDirectory(container, directory));

        return predictor is CalibratedPredictor { Calibrator: PlattCalibrator platt } calibrated
            ? (calibrated.Inner, new PlattCalibration(platt.Slope, platt.Offset))
            : (predictor, null);
    }

    private static ShapeFunctionDefinition? Shape(GamPredictor gam, int feature)
    {
        var (bounds, effects) = gam.ShapeOf(feature);

        return bounds.Length == 0 ? null : new ShapeFunctionDefinition(bounds, effects, MissingEffect: effects[0]);
    }

    private static TreeDefinition Tree(RegressionTree tree) => new(
        [
            .. Enumerable.Range(0, tree.NodeCount).Select(node => new SplitDefinition(
                tree.Features[node], tree.Thresholds[node], tree.FirstChildren[node], tree.SecondChildren[node])
            {
                MissingGoesFirst = tree.IsAtMost(node, float.NaN),
            }),
        ],
        tree.Leaves);

    /// <summary>Skips the pairs (count, 8 pairs of two indices) and reads per column a codec of 8 bytes and a Single.</summary>
    private static byte[] ReplacementValues(ReadOnlySpan<byte> stream)
    {
        var values = new byte[Features.Length * 4];
        for (var feature = 0; feature < Features.Length; feature++)
            stream.Slice(ModelHeader.Size + 4 + (Features.Length * 8) + (feature * 12) + 8, 4).CopyTo(values.AsSpan(feature * 4));

        return values;
    }

    /// <summary>Text copies, training information and schemas (which hold the label and annotations) are not written again.</summary>
    private static void AssertSameStreams(ZipContainer expected, ZipContainer written, IEnumerable<string> entries)
    {
        var compared = 0;

        foreach (var entry in entries.Where(entry => entry.EndsWith("Model.key", StringComparison.Ordinal)))
        {
            Assert.Equal(expected.TryRead(entry)!.Value.ToArray(), written.TryRead(entry)?.ToArray());
            compared++;
        }

        Assert.True(compared >= 2, $"only {compared} streams were compared");
    }
}
