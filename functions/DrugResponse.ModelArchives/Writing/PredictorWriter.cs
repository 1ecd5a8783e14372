using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Trees;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes predictors and their calibrators; the layouts are those of the classes that read them.</summary>
internal static class PredictorWriter
{
    /// <summary>Upper bound of the bin that is kept for missing values: finite, and below every Single but negative infinity.</summary>
    private const double BelowEveryNumber = double.MinValue;

    public static void Write(ComponentWriter components, string path, ModelDefinition definition)
    {
        var predictor = path;

        if (definition.Calibration is { } calibration)
        {
            predictor = $"{path}/Predictor";
            components.Model(path, WrapperFormat(definition.Predictor), new BodyWriter());
            components.Model(
                $"{path}/Calibrator", PlattCalibrator.Format, new BodyWriter().Double(calibration.Slope).Double(calibration.Offset));
        }

        var isBinary = definition.Kind == PredictionKind.Binary;
        var (format, body) = definition.Predictor switch
        {
            LinearDefinition linear => (isBinary ? LinearPredictor.BinaryFormat : LinearPredictor.RegressionFormat, Linear(linear)),
            TreeEnsembleDefinition trees => ((isBinary ? TreeFormat.FastTreeBinary : TreeFormat.FastTreeRegression).Component, Trees(trees, definition.FeatureCount)),
            GamDefinition gam => (isBinary ? GamPredictor.BinaryFormat : GamPredictor.RegressionFormat, Gam(gam)),
            _ => throw new ArgumentException($"Predictors of type {definition.Predictor.GetType().Name} are not written.", nameof(definition)),
        };

        components.Model(predictor, format, body);
    }

    /// <summary>ML.NET refuses a GAM in the wrappers for models with feature weights.</summary>
    private static ComponentFormat WrapperFormat(PredictorDefinition predictor) => predictor switch
    {
        LinearDefinition => CalibratedPredictor.ParameterMixingFormat,
        TreeEnsembleDefinition => CalibratedPredictor.FeatureWeightsFormat,
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

    private static BodyWriter Trees(TreeEnsembleDefinition ensemble, int features)
    {
        var body = new BodyWriter().Int32(4).Int32(ensemble.Trees.Count);
        foreach (var tree in ensemble.Trees)
            Tree(body, tree);

        // Bias 0 and no texts: none of them takes part in the score.
        return body.Double(0).String(null).String(null).Int32(features);
    }

    private static void Tree(BodyWriter body, TreeDefinition tree)
    {
        var splits = tree.Splits;

        body.Byte(0).Int32(tree.Leaves.Count).Double(tree.Leaves.Max(Math.Abs)).Double(1);
        body.Int32s([.. splits.Select(split => split.FirstChild)]);
        body.Int32s([.. splits.Select(split => split.SecondChild)]);
        body.Int32s([.. splits.Select(split => split.Feature)]);
        body.Int32s([]).Int32s([]);
        body.Singles([.. splits.Select(split => split.Threshold)]);
        body.Singles(splits.Any(split => split.MissingGoesFirst) ? [.. splits.Select(MissingValue)] : []);
        body.Doubles([.. tree.Leaves]);

        // ML.NET does not load a tree without gains; it does without p-values and previous leaf values.
        body.Doubles(new double[splits.Count]).Doubles([]).Doubles([]);
    }

    /// <summary>
    /// A value that the split sends where a missing value is to go. If all values of a tree were zero, ML.NET would ignore them.
    /// </summary>
    private static float MissingValue(SplitDefinition split)
    {
        if (split.MissingGoesFirst)
            return split.Threshold != 0 ? split.Threshold : -1;

        return split.Threshold < float.MaxValue ? float.MaxValue : float.PositiveInfinity;
    }
}
