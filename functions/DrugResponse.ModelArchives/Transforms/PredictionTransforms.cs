using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The transforms that apply a predictor.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Scorers/PredictionTransformer.cs</c>. Sub-model <c>Model</c> is the predictor;
/// the entry <c>TrainSchema</c> is the schema of the data the trainer saw. Body: str? feature column; binary and anomaly then
/// f32 threshold, str threshold column.
/// </remarks>
internal static class PredictionTransforms
{
    public const string TrainSchemaEntry = "TrainSchema";

    public static readonly ComponentFormat BinaryFormat = new("BinaryPredXfer", "BIN PRED", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat RegressionFormat = new("RegressionPredXfer", "REG PRED", (1, 1), ComponentFormat.DataAssembly);

    public static Transform ReadBinary(ModelStream stream)
    {
        var (column, schema) = ReadFeatureColumn(stream);
        var threshold = stream.Body.Single("the threshold");
        var thresholdColumn = stream.Body.String("the threshold column");

        return new BinaryPrediction(stream.Identity, PredictionKind.Binary, ReadPredictor(stream), column, schema, threshold, thresholdColumn);
    }

    public static Transform ReadRegression(ModelStream stream)
    {
        var (column, schema) = ReadFeatureColumn(stream);

        return new ScorePrediction(stream.Identity, PredictionKind.Regression, ReadPredictor(stream), column, schema);
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
}
