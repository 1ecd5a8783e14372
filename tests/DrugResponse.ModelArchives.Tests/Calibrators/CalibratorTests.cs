using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Calibrators;

public class CalibratorTests
{
    private static readonly BodyWriter Identity = new BodyWriter().Int32(4).Single(0).Int32(1).Int32s([]).Singles([1]);

    [Theory]
    [InlineData("-5", 0.1f)]
    [InlineData("-1", 0.1f)]
    [InlineData("0", 0.1f)]
    [InlineData("0.5", 0.1f + (0.5f * (0.4f - 0.1f)))]
    [InlineData("1", 0.4f)]
    [InlineData("2", 0.4f)]
    [InlineData("2.25", 0.4f + (0.25f * (1 - 0.4f)))]
    [InlineData("3", 1f)]
    [InlineData("9", 1f)]
    [InlineData("", float.NaN)]
    public void An_isotonic_calibrator_is_constant_on_pieces_and_linear_between_them(string score, float expected)
    {
        Assert.Equal(expected, Probability(Isotonic((-1, 0, 0.1f), (1, 2, 0.4f), (3, 4, 1)), score), 1e-7f);
    }

    [Fact]
    public void An_isotonic_probability_is_kept_off_zero()
    {
        Assert.Equal(1e-15f, Probability(Isotonic((0, 1, 0), (2, 3, 0.5f)), "0.5"));
        Assert.Equal(1e-15f, Probability(Isotonic(), "0.5"));
    }

    [Fact]
    public void Isotonic_pieces_that_overlap_or_do_not_increase_are_refused()
    {
        Assert.Throws<ModelArchiveFormatException>(() => Probability(Isotonic((0, 1, 0.2f), (1, 2, 0.3f)), "0"));
        Assert.Throws<ModelArchiveFormatException>(() => Probability(Isotonic((0, 1, 0.2f), (2, 3, 0.2f)), "0"));
        Assert.Throws<ModelArchiveFormatException>(() => Probability(Isotonic((0, 1, 1.5f)), "0"));
    }

    [Theory]
    [InlineData("-100", 0.1f)]
    [InlineData("-1", 0.1f)]
    [InlineData("-0.51", 0.1f)]
    [InlineData("-0.5", 0.2f)]
    [InlineData("0.49", 0.3f)]
    [InlineData("1E30", 0.3f)]
    [InlineData("", float.NaN)]
    public void A_naive_calibrator_looks_up_bins_of_one_width(string score, float expected)
    {
        Assert.Equal(expected, Probability((NaiveCalibrator.Format, new BodyWriter().Int32(4).Single(0.5f).Single(-1).Singles([0.1f, 0.2f, 0.3f])), score));
    }

    [Theory]
    [InlineData("2", 0.88079708f)]
    [InlineData("Infinity", 1f)]
    [InlineData("-Infinity", 0f)]
    [InlineData("", float.NaN)]
    public void A_platt_calibrator_is_a_sigmoid(string score, float expected)
    {
        Assert.Equal(expected, Probability((PlattCalibrator.Format, new BodyWriter().Double(-1).Double(0)), score), 1e-7f);
    }

    [Fact]
    public void A_calibrator_is_found_under_either_stream_name()
    {
        var archive = Wrapped(CalibratedPredictor.AnyFormat, (PlattCalibrator.Format, new BodyWriter().Double(-2).Double(0)), 0, "Score").Build();
        archive.Move("TransformerChain/Transform_000/Model/Calibrator/Model.key", "TransformerChain/Transform_000/Model/Calibrator/Model.bin");

        var prediction = ModelArchive.Read(archive.Zip()).Compile().Predict([0.5f]);

        Assert.Equal(1 / (1 + Math.Exp(-1)), prediction.Probability, 1e-7);
    }

    [Fact]
    public void A_calibrator_beside_the_predictor_is_used()
    {
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 1)
            .Add(
                PredictionTransforms.BinaryFormat,
                new BodyWriter().String("F").Single(0).String("Score"),
                ("Model", LinearPredictor.BinaryFormat, Identity),
                ("Model/Calibrator", PlattCalibrator.Format, new BodyWriter().Double(-1).Double(0)))
            .TrainSchema(("F", ColumnType.NumberVector(1)));

        Assert.Equal(["true", "2", "0.8807971"], chain.Evaluate("2"));
    }

    [Theory]
    [InlineData("CaliPredExec")]
    [InlineData("FeatWCaliPredExec")]
    [InlineData("PMixCaliPredExec")]
    [InlineData("SchemaBindableCalibrated")]
    [InlineData("BulkCaliPredExec")]
    public void Every_calibrated_wrapper_is_read(string loader)
    {
        ComponentFormat[] formats =
        [
            CalibratedPredictor.AnyFormat, CalibratedPredictor.FeatureWeightsFormat, CalibratedPredictor.ParameterMixingFormat, CalibratedPredictor.SchemaBindableFormat,
        ];
        var format = formats.SingleOrDefault(format => format.LoaderSignature == loader)
            ?? CalibratedPredictor.AnyFormat with { LoaderSignature = loader, ModelSignature = "BCALPRED" };

        var chain = Wrapped(format, (PlattCalibrator.Format, new BodyWriter().Double(-1).Double(0)), 0, "Score");

        Assert.True(chain.Read().IsCalibrated);
        Assert.Equal("true", chain.Evaluate("1")[0]);
    }

    [Theory]
    [InlineData(0.8f, "Probability", "1.3", "false")]
    [InlineData(0.8f, "Probability", "1.4", "true")]
    [InlineData(1.35f, "Score", "1.3", "false")]
    [InlineData(1.35f, "Score", "1.4", "true")]
    [InlineData(0f, "Score", "", "false")]
    public void The_label_is_cut_at_the_threshold_of_the_column_it_names(float threshold, string column, string score, string expected)
    {
        var chain = Wrapped(CalibratedPredictor.AnyFormat, (PlattCalibrator.Format, new BodyWriter().Double(-1).Double(0)), threshold, column);

        Assert.Equal(expected, chain.Evaluate(score)[0]);
    }

    [Fact]
    public void The_score_column_is_Score_in_calibration_steps_before_version_1_2()
    {
        var format = Calibration.Format with { Written = ComponentVersion.Of(1, 1), Readable = ComponentVersion.Of(1, 1) };
        var chain = new ChainBuilder().Input("F", ColumnItemType.Single, 1)
            .Binary("F", 1, LinearPredictor.BinaryFormat, Identity)
            .Add(format, new BodyWriter(), ("Calibrator", PlattCalibrator.Format, new BodyWriter().Double(-1).Double(0)));

        Assert.Equal("0.5", chain.Evaluate("0")[2]);
        Assert.Equal(0.5f, chain.Read().Compile().Predict([0f]).Probability);
    }

    private static (ComponentFormat, BodyWriter) Isotonic(params (float Minimum, float Maximum, float Value)[] pieces) => (
        IsotonicCalibrator.Format,
        new BodyWriter().Int32(4).Counted(pieces, (body, piece) => body.Single(piece.Minimum).Single(piece.Maximum).Single(piece.Value)));

    private static float Probability((ComponentFormat Format, BodyWriter Body) calibrator, string score) =>
        float.Parse(Wrapped(CalibratedPredictor.AnyFormat, calibrator, 0, "Score").Evaluate(score)[2], System.Globalization.CultureInfo.InvariantCulture);

    private static ChainBuilder Wrapped(ComponentFormat wrapper, (ComponentFormat Format, BodyWriter Body) calibrator, float threshold, string column) =>
        new ChainBuilder().Input("F", ColumnItemType.Single, 1)
            .Add(
                PredictionTransforms.BinaryFormat,
                new BodyWriter().String("F").Single(threshold).String(column),
                ("Model", wrapper, new BodyWriter()),
                ("Model/Predictor", LinearPredictor.BinaryFormat, Identity),
                ("Model/Calibrator", calibrator.Format, calibrator.Body))
            .TrainSchema(("F", ColumnType.NumberVector(1)));
}
