using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>A step that applies a predictor to a feature column.</summary>
internal abstract class PredictionStep(ComponentIdentity component, IReadOnlyList<BoundColumn> inputs) : BoundStep(component, inputs)
{
    public abstract PredictionKind Kind { get; }

    public abstract BoundColumn Score { get; }

    public abstract BoundColumn? Probability { get; }

    public abstract BoundColumn? PredictedLabel { get; }
}
