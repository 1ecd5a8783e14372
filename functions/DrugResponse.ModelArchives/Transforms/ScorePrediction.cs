using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Applies a predictor of one score, and makes nothing else.</summary>
internal sealed class ScorePrediction(ComponentIdentity identity, PredictionKind kind, Predictor predictor, string? featureColumn, SchemaFile? trainSchema)
    : Transform(identity)
{
    /// <summary>The predictor of one score and its calibrator, if it has one.</summary>
    public static (ScalarPredictor Predictor, Calibrator? Calibrator) Unwrap(ComponentIdentity component, Predictor predictor) => predictor switch
    {
        ScalarPredictor scalar => (scalar, null),
        CalibratedPredictor calibrated => (calibrated.Inner, calibrated.Calibrator),
        _ => throw component.Mismatch("a predictor of one score", $"'{predictor.Identity.LoaderSignature}'"),
    };

    public override void Bind(Binder binder)
    {
        var (scalar, _) = Unwrap(Identity, predictor);
        binder.Hint(trainSchema?.Columns ?? []);
        binder.Add(new Step(Identity, kind, FeatureColumn.Resolve(binder, Identity, predictor, featureColumn, trainSchema), scalar));
    }

    private sealed class Step(ComponentIdentity component, PredictionKind kind, BoundColumn[] inputs, ScalarPredictor predictor)
        : ScalarPredictionStep(component, kind, inputs, predictor)
    {
        public override BoundColumn? Probability => null;

        public override BoundColumn? PredictedLabel => null;

        public override IReadOnlyList<BoundColumn> Outputs => [Score];

        public override RowInstruction Emit(RowLayout layout) => new ScoreInstruction(Predictor, layout.FindFeatures(Inputs), layout.Find(Score));
    }
}
