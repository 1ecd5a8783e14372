using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A predictor of one score inside a multiclass predictor, with its calibrator if it has one.</summary>
internal sealed record ProbabilityPredictor(ScalarPredictor Predictor, Calibrator? Calibrator)
{
    public static ProbabilityPredictor Read(ModelDirectory directory, bool mustBeCalibrated) => PredictorCatalog.Read(directory) switch
    {
        CalibratedPredictor calibrated => new ProbabilityPredictor(calibrated.Inner, calibrated.Calibrator),
        ScalarPredictor scalar when !mustBeCalibrated => new ProbabilityPredictor(scalar, null),
        var other => throw other.Identity.Mismatch(mustBeCalibrated ? "a calibrated predictor" : "a predictor of one score", $"'{other.Identity.LoaderSignature}'"),
    };

    /// <summary>The number of features that all predictors agree on; 0 if none states it.</summary>
    public static int CommonFeatureCount(ComponentIdentity component, IReadOnlyCollection<ProbabilityPredictor> predictors)
    {
        var counts = predictors.Select(item => item.Predictor.FeatureCount ?? 0).Where(count => count != 0).Distinct().ToArray();

        return counts.Length <= 1 ? counts.FirstOrDefault() : throw component.Mismatch($"predictors of {counts[0]} features", $"{counts[1]} features");
    }

    public float Probability(FeatureVector features) => Calibrator!.Calibrate(Predictor.Score(features));
}
