using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A predictor whose raw score is a constant plus one term per feature.</summary>
internal abstract class AdditivePredictor(ComponentIdentity identity) : ScalarPredictor(identity)
{
    public abstract double Intercept { get; }

    /// <summary>What a feature of this value adds to the raw score.</summary>
    public abstract double Term(int feature, float value);
}
