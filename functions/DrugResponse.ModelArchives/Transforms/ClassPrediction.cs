using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Names of the columns that a prediction of classes or clusters makes, and what the classes stand for.</summary>
internal sealed record ClassColumns(string Score, string PredictedLabel, TypedValues? Labels);

/// <summary>Applies a predictor of a score per class or cluster, and picks the largest, or for clusters the smallest.</summary>
/// <remarks>
/// The predicted label is a key: 1 + position of the best score; the first one wins among equals, NaN never wins, and 0 means that all are NaN.
/// </remarks>
internal sealed class ClassPrediction(
    ComponentIdentity identity, PredictionKind kind, Predictor predictor, string? featureColumn, SchemaFile? trainSchema, ClassColumns columns) : Transform(identity)
{
    public override void Bind(Binder binder)
    {
        if (predictor is not VectorPredictor vector)
            throw Identity.Mismatch("a predictor of a score per class", $"'{predictor.Identity.LoaderSignature}'");

        binder.Hint(trainSchema?.Columns ?? []);
        var inputs = FeatureColumn.Resolve(binder, Identity, predictor, featureColumn, trainSchema);
        binder.RequireSlots(columns.Score, vector.ClassCount);
        binder.Add(new Step(Identity, kind, inputs, vector, columns));
    }

    private sealed class Step : PredictionStep
    {
        private readonly VectorPredictor _predictor;

        public Step(ComponentIdentity component, PredictionKind kind, BoundColumn[] inputs, VectorPredictor predictor, ClassColumns columns)
            : base(component, inputs)
        {
            var origins = SlotOrigins.Of(inputs.Length == 0 ? SlotOrigins.Constant : inputs[0].Origins.Common);
            Kind = kind;
            _predictor = predictor;
            PredictedLabel = new BoundColumn(columns.PredictedLabel, ColumnType.Key((ulong)predictor.ClassCount), origins) { KeyValues = columns.Labels };
            Score = new BoundColumn(columns.Score, ColumnType.NumberVector(predictor.ClassCount), origins);
        }

        public override PredictionKind Kind { get; }

        public override BoundColumn Score { get; }

        public override BoundColumn PredictedLabel { get; }

        public override BoundColumn? Probability => null;

        public override IReadOnlyList<BoundColumn> Outputs => [PredictedLabel, Score];

        public override bool FormMatters => _predictor.FormMatters;

        public override MissingFlow Missing => _predictor.ToleratesMissing ? MissingFlow.Absorbed : MissingFlow.Spoils;

        public override void MarkUsed(Span<bool> used) => _predictor.MarkUsed(used);

        public override RowInstruction Emit(RowLayout layout) => new Instruction(
            _predictor, layout.FindFeatures(Inputs), layout.Find(Score), layout.Find(PredictedLabel), picksSmallest: Kind == PredictionKind.Clustering);
    }

    private sealed class Instruction(VectorPredictor predictor, ColumnSlots features, ColumnSlots scores, ColumnSlots label, bool picksSmallest) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var values = scores.Singles(row);
            predictor.Score(features.Features(row), values);
            row.Integers[label.Offset] = Best(values) + 1;
        }

        private int Best(ReadOnlySpan<float> values)
        {
            var best = -1;

            for (var index = 0; index < values.Length; index++)
            {
                if (float.IsNaN(values[index]))
                    continue;
                if (best < 0 || (picksSmallest ? values[index] < values[best] : values[index] > values[best]))
                    best = index;
            }

            return best;
        }
    }
}
