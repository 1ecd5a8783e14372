using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>A step that makes one score.</summary>
internal abstract class ScalarPredictionStep : PredictionStep
{
    protected ScalarPredictionStep(ComponentIdentity component, PredictionKind kind, BoundColumn[] inputs, ScalarPredictor predictor)
        : base(component, inputs)
    {
        Kind = kind;
        Predictor = predictor;
        ScoreOrigins = SlotOrigins.Of(inputs.Length == 0 ? SlotOrigins.Constant : inputs[0].Origins.Common);
        Score = new BoundColumn(ColumnNames.Score, ColumnType.Number, ScoreOrigins);
    }

    public ScalarPredictor Predictor { get; }

    public override PredictionKind Kind { get; }

    public override BoundColumn Score { get; }

    public override bool FormMatters => Predictor.FormMatters;

    public override MissingFlow Missing => Predictor.ToleratesMissing ? MissingFlow.Absorbed : MissingFlow.Spoils;

    protected SlotOrigins ScoreOrigins { get; }

    public override void MarkUsed(Span<bool> used) => Predictor.MarkUsed(used);
}
