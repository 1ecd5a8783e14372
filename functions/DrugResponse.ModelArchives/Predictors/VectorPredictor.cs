using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A predictor of one score per class or cluster.</summary>
internal abstract class VectorPredictor(ComponentIdentity identity) : Predictor(identity)
{
    public abstract int ClassCount { get; }

    public abstract void Score(FeatureVector features, Span<float> scores);
}
