using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A predictor of one score.</summary>
internal abstract class ScalarPredictor(ComponentIdentity identity) : Predictor(identity)
{
    /// <summary>Whether it scores blocks of rows; otherwise rows are scored one by one.</summary>
    /// <param name="hasBuiltForm">Whether rows are dense or sparse by their values; otherwise they are dense.</param>
    public virtual bool ScoresBlocks(bool hasBuiltForm) => false;

    public abstract float Score(FeatureVector features);

    /// <summary>Scores a block of rows, with the same results to the last bit as row by row.</summary>
    /// <param name="features">The features; the values of one feature lie together. Only those that the predictor looks at are set.</param>
    /// <param name="hasBuiltForm">Whether rows are dense or sparse by their values; otherwise they are dense.</param>
    /// <param name="scores">One score per row.</param>
    public virtual void ScoreBlock(ReadOnlySpan<float> features, bool hasBuiltForm, Span<float> scores) =>
        throw new NotSupportedException($"'{Identity.LoaderSignature}' scores row by row.");
}
