using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>What a prediction transform applies to its feature vector. Immutable.</summary>
internal abstract class Predictor(ComponentIdentity identity)
{
    public ComponentIdentity Identity { get; } = identity;

    /// <summary>Number of features it needs; 0 if it does not say; null if it takes no features at all.</summary>
    public abstract int? FeatureCount { get; }

    /// <summary>Number of features it cannot do without.</summary>
    public virtual int MinimumFeatureCount => FeatureCount ?? 0;

    /// <summary>Whether dense and sparse vectors of the same values are summed differently.</summary>
    public virtual bool FormMatters => false;

    /// <summary>Whether a missing feature has a rule; otherwise it makes the score NaN or is taken for a number.</summary>
    public virtual bool ToleratesMissing => false;

    /// <summary>Marks the features that can change the result.</summary>
    public virtual void MarkUsed(Span<bool> used) => used.Fill(true);
}
