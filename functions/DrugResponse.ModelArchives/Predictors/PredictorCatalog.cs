using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors.Trees;

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
        (LinearPredictor.PoissonFormat, LinearPredictor.ReadPoisson),
        (LinearPredictor.LeastSquaresFormat, LinearPredictor.ReadLeastSquares),
        (GamPredictor.BinaryFormat, GamPredictor.ReadBinary),
        (GamPredictor.RegressionFormat, GamPredictor.ReadRegression),
        Trees(TreeFormat.FastTreeBinary),
        Trees(TreeFormat.FastTreeRegression),
        Trees(TreeFormat.FastTreeRanking),
        Trees(TreeFormat.FastTreeTweedie),
        Trees(TreeFormat.FastForestBinary),
        Trees(TreeFormat.FastForestRegression),
        Trees(TreeFormat.LightGbmBinary),
        Trees(TreeFormat.LightGbmRegression),
        Trees(TreeFormat.LightGbmRanking),
        (MulticlassLinearPredictor.MaximumEntropyFormat, MulticlassLinearPredictor.ReadMaximumEntropy),
        (MulticlassLinearPredictor.LinearFormat, MulticlassLinearPredictor.ReadLinear),
        (OneVersusAllPredictor.Format, OneVersusAllPredictor.Read),
        (PairwiseCouplingPredictor.Format, PairwiseCouplingPredictor.Read),
        (PriorPredictor.Format, PriorPredictor.Read),
        (NaiveBayesPredictor.Format, NaiveBayesPredictor.Read),
        (LocalDeepSvmPredictor.Format, LocalDeepSvmPredictor.Read),
        (KMeansPredictor.Format, KMeansPredictor.Read),
        (AnomalyPredictor.Format, AnomalyPredictor.Read));

    public static Predictor Read(ModelDirectory directory) => Catalog.Read(directory);

    private static (ComponentFormat Format, Func<ModelStream, Predictor> Read) Trees(TreeFormat format) =>
        (format.Component, stream => TreePredictor.Read(stream, format));
}
