using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Applies a predictor of one score and cuts the score, or the probability, at a threshold.</summary>
/// <remarks>PredictedLabel = value of the threshold column &gt; threshold; NaN gives false.</remarks>
internal sealed class BinaryPrediction(
    ComponentIdentity identity, PredictionKind kind, Predictor predictor, string? featureColumn, SchemaFile? trainSchema, float threshold, string thresholdColumn)
    : Transform(identity)
{
    public override void Bind(Binder binder)
    {
        var (scalar, calibrator) = ScorePrediction.Unwrap(Identity, predictor);

        if (thresholdColumn != ColumnNames.Score && (thresholdColumn != ColumnNames.Probability || calibrator is null))
            throw Identity.Unsupported($"its threshold applies to column '{thresholdColumn}', which the predictor does not make");

        binder.Hint(trainSchema?.Columns ?? []);
        var inputs = FeatureColumn.Resolve(binder, Identity, predictor, featureColumn, trainSchema);
        binder.Add(new Step(Identity, kind, inputs, scalar, calibrator, threshold, thresholdColumn == ColumnNames.Probability));
    }

    /// <summary>A step that makes a score, a label, and a probability if there is a calibrator.</summary>
    internal sealed class Step : ScalarPredictionStep
    {
        private readonly Calibrator? _calibrator;
        private readonly float _threshold;
        private readonly bool _cutsProbability;

        public Step(
            ComponentIdentity component, PredictionKind kind, BoundColumn[] inputs, ScalarPredictor predictor, Calibrator? calibrator, float threshold, bool cutsProbability)
            : base(component, kind, inputs, predictor)
        {
            _calibrator = calibrator;
            _threshold = threshold;
            _cutsProbability = cutsProbability;
            PredictedLabel = new BoundColumn(ColumnNames.PredictedLabel, new ColumnType(ColumnItemType.Boolean), ScoreOrigins);
            Probability = calibrator is null ? null : new BoundColumn(ColumnNames.Probability, ColumnType.Number, ScoreOrigins);
        }

        public Calibrator? Calibrator => _calibrator;

        public override BoundColumn PredictedLabel { get; }

        public override BoundColumn? Probability { get; }

        public override IReadOnlyList<BoundColumn> Outputs => Probability is null ? [PredictedLabel, Score] : [PredictedLabel, Score, Probability];

        public bool IsPositive(float score, float probability) => (_cutsProbability ? probability : score) > _threshold;

        public override RowInstruction Emit(RowLayout layout) => new BinaryInstruction(
            Predictor, _calibrator, layout.FindFeatures(Inputs), layout.Find(Score), Probability is null ? null : layout.Find(Probability), layout.Find(PredictedLabel),
            _threshold, _cutsProbability);
    }
}
