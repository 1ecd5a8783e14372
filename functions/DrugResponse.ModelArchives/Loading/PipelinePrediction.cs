using System.Text;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>The predictor of a pipeline archive of the old command line, with the columns that the archive names for it.</summary>
/// <remarks>
/// The predictor lies in <c>Predictor</c>; <c>TrainingInfo/RoleMapping.txt</c> is tab-separated text of role and column, lines
/// that start with <c>#@</c> being a header. The predictor is applied to the Feature column; the predicted label is score &gt; 0.
/// </remarks>
internal sealed class PipelinePrediction(ComponentIdentity identity, Predictor predictor, string featureColumn, string? labelColumn) : Transform(identity)
{
    private const string RoleMappingEntry = "TrainingInfo/RoleMapping.txt";
    private const string FeatureRole = "Feature";
    private const string LabelRole = "Label";
    private const string DefaultFeatureColumn = "Features";

    private static readonly HashSet<string> BinaryLoaders =
    [
        LinearPredictor.BinaryFormat.LoaderSignature,
        GamPredictor.BinaryFormat.LoaderSignature,
        LocalDeepSvmPredictor.Format.LoaderSignature,
        Predictors.Trees.TreeFormat.FastTreeBinary.Component.LoaderSignature,
        Predictors.Trees.TreeFormat.FastForestBinary.Component.LoaderSignature,
        Predictors.Trees.TreeFormat.LightGbmBinary.Component.LoaderSignature,
    ];

    private static readonly HashSet<string> RankingLoaders =
    [
        Predictors.Trees.TreeFormat.FastTreeRanking.Component.LoaderSignature,
        Predictors.Trees.TreeFormat.LightGbmRanking.Component.LoaderSignature,
    ];

    public static PipelinePrediction? TryRead(ModelDirectory root)
    {
        var directory = root.Sub("Predictor");
        if (!directory.HasModel)
            return null;

        var roles = ReadRoles(root);
        var predictor = PredictorCatalog.Read(directory);

        return new PipelinePrediction(
            predictor.Identity, predictor, roles.GetValueOrDefault(FeatureRole, DefaultFeatureColumn), roles.GetValueOrDefault(LabelRole));
    }

    public override void Bind(Binder binder)
    {
        var kind = Kind();

        Transform prediction = kind switch
        {
            PredictionKind.Binary or PredictionKind.Anomaly => new BinaryPrediction(Identity, kind, predictor, featureColumn, null, 0, ColumnNames.Score),
            PredictionKind.Multiclass or PredictionKind.Clustering => new ClassPrediction(
                Identity, kind, predictor, featureColumn, null, new ClassColumns(ColumnNames.Score, ColumnNames.PredictedLabel, Labels(binder))),
            _ => new ScorePrediction(Identity, kind, predictor, featureColumn, null),
        };

        prediction.Bind(binder);
    }

    private static Dictionary<string, string> ReadRoles(ModelDirectory root)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryReadEntry(RoleMappingEntry) is not { } bytes)
            return roles;

        foreach (var line in Encoding.UTF8.GetString(bytes.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.TrimEnd('\r').Split('\t');
            if (!line.StartsWith("#@", StringComparison.Ordinal) && cells.Length == 2)
                roles.TryAdd(cells[0], cells[1]);
        }

        return roles;
    }

    private PredictionKind Kind() => predictor switch
    {
        CalibratedPredictor => PredictionKind.Binary,
        KMeansPredictor => PredictionKind.Clustering,
        VectorPredictor => PredictionKind.Multiclass,
        AnomalyPredictor => PredictionKind.Anomaly,
        _ when BinaryLoaders.Contains(predictor.Identity.LoaderSignature) => PredictionKind.Binary,
        _ when RankingLoaders.Contains(predictor.Identity.LoaderSignature) => PredictionKind.Ranking,
        _ => PredictionKind.Regression,
    };

    private TypedValues? Labels(Binder binder) => labelColumn is not null && binder.TryFind(labelColumn, out var label) ? label.KeyValues : null;
}
