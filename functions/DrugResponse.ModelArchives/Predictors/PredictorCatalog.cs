using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>The predictors that can be read.</summary>
internal static class PredictorCatalog
{
    private static readonly ComponentCatalog<Predictor> Catalog = new(
        "predictor",
        (CalibratedPredictor.AnyFormat, CalibratedPredictor.Read),
        (CalibratedPredictor.FeatureWeightsFormat, CalibratedPredictor.Read),
        (CalibratedPredictor.ParameterMixingFormat, CalibratedPredictor.Read),
        (CalibratedPredictor.SchemaBindableFormat, CalibratedPredictor.Read),
        (LinearPredictor.BinaryFormat, LinearPredictor.ReadBinary),
        (LinearPredictor.RegressionFormat, LinearPredictor.ReadRegression),
        (GamPredictor.BinaryFormat, GamPredictor.ReadBinary),
        (GamPredictor.RegressionFormat, GamPredictor.ReadRegression));

    public static Predictor Read(ModelDirectory directory) => Catalog.Read(directory);
}
