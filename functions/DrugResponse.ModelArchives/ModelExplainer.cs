using DrugResponse.ModelArchives.Explanation;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives;

/// <summary>Explains the scores of a model against a background set of rows. Immutable; safe from any number of threads.</summary>
/// <remarks>
/// <para>
/// The baseline is the mean raw score of the background. An input contributes its Shapley value in the game in which a
/// coalition of feature slots takes its values from the explained row and the other slots take theirs from a background row,
/// averaged over the background (the interventional form); the value of an input is the sum over its slots. For additive models that
/// is what the slots add, less their mean over the background.
/// </para>
/// <para>Cost for trees: the splits that the row or a background row can reach, times the background rows.</para>
/// </remarks>
public sealed class ModelExplainer
{
    /// <summary>Most rows of a background set.</summary>
    public const int MostBackgroundRows = 100;

    private const int MostOnStack = 128;

    private readonly ModelScorer _scorer;
    private readonly SlotExplainer _explainer;
    private readonly FeatureOrigins _origins;

    internal ModelExplainer(ModelScorer scorer, SlotExplainer explainer, FeatureOrigins origins)
    {
        _scorer = scorer;
        _explainer = explainer;
        _origins = origins;
    }

    /// <summary>Splits the raw score of a row of numbers; the contributions are in the order of <see cref="ModelScorer.Inputs"/>.</summary>
    /// <inheritdoc cref="ModelScorer.Predict(ReadOnlySpan{float})"/>
    public ModelExplanation Explain(ReadOnlySpan<float> inputs) => Explain(_scorer.Run(inputs));

    /// <summary>Splits the raw score of a row; the contributions are in the order of <see cref="ModelScorer.Inputs"/>.</summary>
    /// <inheritdoc cref="ModelScorer.Predict(ModelRow)"/>
    public ModelExplanation Explain(ModelRow row) => Explain(_scorer.Run(row));

    internal ModelExplanation Explain(RowState row)
    {
        var features = _origins.Features.Singles(row);
        Span<double> contributions = features.Length <= MostOnStack ? stackalloc double[features.Length] : new double[features.Length];
        var baseline = _explainer.Explain(features, contributions);

        return _origins.Combine(baseline, contributions);
    }
}
