using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A predictor with a calibrator: probability = calibrator(score).</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Prediction/Calibrator.cs</c>. The four wrappers differ only in what ML.NET asks of
/// the predictor inside. Empty body; sub-models <c>Predictor</c> and <c>Calibrator</c>. An older form keeps the calibrator
/// beside the predictor's own stream.
/// </remarks>
internal sealed class CalibratedPredictor(ComponentIdentity identity, ScalarPredictor predictor, Calibrator calibrator) : Predictor(identity)
{
    /// <summary>Wrapper for any predictor.</summary>
    public static readonly ComponentFormat AnyFormat = new("CaliPredExec", "CALIPRED", (1, 1), ComponentFormat.DataAssembly)
    {
        OlderLoaderSignatures = ["BulkCaliPredExec"],
        OlderModelSignatures = ["BCALPRED"],
    };

    /// <summary>Wrapper for predictors with feature weights, that is, trees and linear models.</summary>
    public static readonly ComponentFormat FeatureWeightsFormat = new("FeatWCaliPredExec", "FTWTCALP", (1, 1), ComponentFormat.DataAssembly);

    /// <summary>Wrapper for predictors whose parameters can be averaged, that is, linear models.</summary>
    public static readonly ComponentFormat ParameterMixingFormat = new("PMixCaliPredExec", "PMIXCALP", (1, 1), ComponentFormat.DataAssembly);

    /// <summary>Wrapper for predictors that bind to a schema.</summary>
    public static readonly ComponentFormat SchemaBindableFormat = new("SchemaBindableCalibrated", "BINDCALI", (1, 1), ComponentFormat.DataAssembly);

    public ScalarPredictor Inner { get; } = predictor;

    public Calibrator Calibrator { get; } = calibrator;

    public override int? FeatureCount => Inner.FeatureCount;

    public override int MinimumFeatureCount => Inner.MinimumFeatureCount;

    public static CalibratedPredictor Read(ModelStream stream)
    {
        var inner = PredictorCatalog.Read(stream.Directory.Sub("Predictor"));
        var calibrator = CalibratorCatalog.ReadOf(stream.Directory);

        return inner switch
        {
            ScalarPredictor scalar => new CalibratedPredictor(stream.Identity, scalar, calibrator),
            CalibratedPredictor wrapped => new CalibratedPredictor(stream.Identity, wrapped.Inner, calibrator),
            _ => throw inner.Identity.Mismatch("a predictor of one score under a calibrator", $"'{inner.Identity.LoaderSignature}'"),
        };
    }

    /// <summary>Adds the calibrator that lies beside the predictor's own stream, if there is one.</summary>
    public static Predictor WithCalibratorBeside(ModelStream stream, ScalarPredictor predictor) =>
        CalibratorCatalog.TryReadOf(stream.Directory) is { } calibrator ? new CalibratedPredictor(stream.Identity, predictor, calibrator) : predictor;
}
