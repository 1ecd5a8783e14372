using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes predictors and their calibrators; the layouts are those of the classes that read them.</summary>
internal static class PredictorWriter
{
    /// <summary>Upper bound of the bin that is kept for missing values: finite, and below every Single but negative infinity.</summary>
    private const double BelowEveryNumber = double.MinValue;

    public static void Write(ZipContainerWriter zip, string path, ModelDefinition definition)
    {
        var predictor = path;

        if (definition.Calibration is { } calibration)
        {
            predictor = $"{path}/Predictor";
            ModelArchiveWriter.WriteModel(zip, path, WrapperFormat(definition.Predictor), new BodyWriter());
            ModelArchiveWriter.WriteModel(
                zip, $"{path}/Calibrator", PlattCalibrator.Format, new BodyWriter().Double(calibration.Slope).Double(calibration.Offset));
        }

        var isBinary = definition.Kind == PredictionKind.Binary;
        var (format, body) = definition.Predictor switch
        {
            LinearDefinition linear => (isBinary ? LinearPredictor.BinaryFormat : LinearPredictor.RegressionFormat, Linear(linear)),
            GamDefinition gam => (isBinary ? GamPredictor.BinaryFormat : GamPredictor.RegressionFormat, Gam(gam)),
            _ => throw new ArgumentException($"Predictors of type {definition.Predictor.GetType().Name} are not written.", nameof(definition)),
        };

        ModelArchiveWriter.WriteModel(zip, predictor, format, body);
    }

    /// <summary>ML.NET refuses a GAM in the wrappers for models with feature weights.</summary>
    private static ComponentFormat WrapperFormat(PredictorDefinition predictor) => predictor switch
    {
        LinearDefinition => CalibratedPredictor.ParameterMixingFormat,
        _ => CalibratedPredictor.AnyFormat,
    };

    private static BodyWriter Linear(LinearDefinition linear) =>
        new BodyWriter().Int32(4).Single(linear.Bias).Int32(linear.Weights.Count).Int32s([]).Singles([.. linear.Weights]);

    private static BodyWriter Gam(GamDefinition gam)
    {
        var shapes = gam.ShapeFunctions.Select((shape, feature) => (Shape: shape, Feature: feature)).Where(item => item.Shape is not null).ToArray();
        var bins = Array.ConvertAll(shapes, item => WithMissingBin(item.Shape!));
        var body = new BodyWriter().Int32(shapes.Length).Int32(gam.ShapeFunctions.Count).Double(gam.Intercept);

        body.Each(bins, (writer, shape) => writer.Doubles(shape.Effects));
        body.Each(bins, (writer, shape) => writer.Each(shape.Bounds, (inner, bound) => inner.Double(bound)));
        body.Int32(shapes.Length);
        for (var shape = 0; shape < shapes.Length; shape++)
            body.Int32(shapes[shape].Feature).Int32(shape);

        return body;
    }

    private static (double[] Bounds, double[] Effects) WithMissingBin(ShapeFunctionDefinition shape) =>
        shape.MissingEffect.Equals(shape.Effects[0])
            ? ([.. shape.UpperBounds], [.. shape.Effects])
            : ([BelowEveryNumber, .. shape.UpperBounds], [shape.MissingEffect, .. shape.Effects]);
}
