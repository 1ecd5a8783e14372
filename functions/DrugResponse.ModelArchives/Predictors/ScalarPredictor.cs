using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A predictor of one score.</summary>
internal abstract class ScalarPredictor(ComponentIdentity identity) : Predictor(identity)
{
    public abstract float Score(FeatureVector features);
}
