using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The transforms that apply a predictor.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Scorers/PredictionTransformer.cs</c>. Sub-model <c>Model</c> is the predictor;
/// the entry <c>TrainSchema</c> is the schema of the data the trainer saw. Body: str? feature column; binary and anomaly then
/// f32 threshold, str threshold column; multiclass then str? label column and from version 1.2 str? score column, str?
/// predicted-label column.
/// </remarks>
internal static class PredictionTransforms
{
    public const string TrainSchemaEntry = "TrainSchema";

    public static readonly ComponentFormat BinaryFormat = new("BinaryPredXfer", "BIN PRED", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat RegressionFormat = new("RegressionPredXfer", "REG PRED", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat RankingFormat = new("RankingPredXfer", "RANKPRED", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat MulticlassFormat = new("MulticlassPredXfer", "MC  PRED", (1, 2), (1, 1), (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat AnomalyFormat = new("AnomalyPredXfer", "ANOMPRED", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat ClusteringFormat = new("ClusteringPredXfer", "CLUSPRED", (1, 1), ComponentFormat.DataAssembly);

    public static Transform ReadBinary(ModelStream stream) => ReadWithThreshold(stream, PredictionKind.Binary);

    public static Transform ReadAnomaly(ModelStream stream) => ReadWithThreshold(stream, PredictionKind.Anomaly);

    public static Transform ReadRegression(ModelStream stream) => ReadScore(stream, PredictionKind.Regression);

    public static Transform ReadRanking(ModelStream stream) => ReadScore(stream, PredictionKind.Ranking);

    public static Transform ReadClustering(ModelStream stream)
    {
        var (column, schema) = ReadFeatureColumn(stream);

        return new ClassPrediction(
            stream.Identity, PredictionKind.Clustering, ReadPredictor(stream), column, schema, new ClassColumns(ColumnNames.Score, ColumnNames.PredictedLabel, null));
    }

    public static Transform ReadMulticlass(ModelStream stream)
    {
        var (column, schema) = ReadFeatureColumn(stream);
        var label = stream.Body.StringOrNull("the label column");
        var score = ColumnNames.Score;
        var predictedLabel = ColumnNames.PredictedLabel;

        if (stream.Version.IsAtLeast(1, 2))
        {
            score = stream.Body.StringOrNull("the score column") ?? score;
            predictedLabel = stream.Body.StringOrNull("the predicted-label column") ?? predictedLabel;
        }

        return new ClassPrediction(
            stream.Identity, PredictionKind.Multiclass, ReadPredictor(stream), column, schema, new ClassColumns(score, predictedLabel, ReadLabels(schema, label)));
    }

    private static BinaryPrediction ReadWithThreshold(ModelStream stream, PredictionKind kind)
    {
        var (column, schema) = ReadFeatureColumn(stream);
        var threshold = stream.Body.Single("the threshold");
        var thresholdColumn = stream.Body.String("the threshold column");

        return new BinaryPrediction(stream.Identity, kind, ReadPredictor(stream), column, schema, threshold, thresholdColumn);
    }

    private static ScorePrediction ReadScore(ModelStream stream, PredictionKind kind)
    {
        var (column, schema) = ReadFeatureColumn(stream);

        return new ScorePrediction(stream.Identity, kind, ReadPredictor(stream), column, schema);
    }

    private static Predictor ReadPredictor(ModelStream stream) => PredictorCatalog.Read(stream.Directory.Sub("Model"));

    private static (string? Column, SchemaFile TrainSchema) ReadFeatureColumn(ModelStream stream)
    {
        var column = stream.Body.StringOrNull("the feature column");
        var schema = stream.Directory.ReadSchema(TrainSchemaEntry);

        if (column is not null && schema.Find(column) is null)
            throw new ModelArchiveFormatException(schema.Entry, 0, $"feature column '{column}'", "no column of that name");

        return (column, schema);
    }

    private static TypedValues? ReadLabels(SchemaFile schema, string? label)
    {
        if (label is null)
            return null;

        var column = schema.Find(label) ?? throw new ModelArchiveFormatException(schema.Entry, 0, $"label column '{label}'", "no column of that name");

        return schema.ReadKeyValues(column);
    }
}
