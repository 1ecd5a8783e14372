using DrugResponse.ModelArchives.Calibrators;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes model definitions as archives that ML.NET opens. The same definition always gives the same bytes.</summary>
public static class ModelArchiveWriter
{
    private const string FeaturesColumn = "Features";

    /// <summary>Writes an archive.</summary>
    /// <param name="target">Where to; it is left open.</param>
    /// <param name="definition">The model.</param>
    /// <exception cref="ArgumentException">The definition is inconsistent; the message names every fault.</exception>
    public static void Write(Stream target, ModelDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Write(ToBytes(definition));
    }

    /// <summary>Writes an archive to memory.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] ToBytes(ModelDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        DefinitionCheck.Require(definition);

        var zip = new ZipContainerWriter();
        var chain = new List<Action<string>>();

        chain.Add(path => WriteConcatenation(zip, path, definition));
        chain.Add(path => WritePrediction(zip, path, definition));

        for (var index = 0; index < chain.Count; index++)
            chain[index]($"TransformerChain/Transform_{index:D3}");

        WriteChain(zip, "TransformerChain", chain.Count);
        zip.Add("Schema", SchemaFileWriter.Write([.. definition.Inputs.Select(input => (input.Name, InputType(input)))]));

        return zip.Finish();
    }

    private static ColumnType InputType(InputDefinition input) =>
        input is CategoricalInput ? new ColumnType(ColumnItemType.Text) : ColumnType.Number;

    private static void WriteChain(ZipContainerWriter zip, string path, int count) =>
        WriteModel(zip, path, TransformerChain.Format, new BodyWriter().Int32s(Enumerable.Repeat(TransformerChain.AllScopes, count).ToArray()));

    private static void WriteConcatenation(ZipContainerWriter zip, string path, ModelDefinition definition) =>
        WriteModel(
            zip,
            path,
            ColumnConcatenation.Format,
            new BodyWriter().Int32(1).String(FeaturesColumn).Counted(definition.Inputs, (body, input) => body.String(input.Name).String(null)));

    private static void WritePrediction(ZipContainerWriter zip, string path, ModelDefinition definition)
    {
        var isBinary = definition.Kind == PredictionKind.Binary;
        var body = new BodyWriter().String(FeaturesColumn);
        if (isBinary)
            body.Single(definition.Threshold).String(ColumnNames.Score);

        PredictorWriter.Write(zip, $"{path}/Model", definition);
        zip.Add($"{path}/{PredictionTransforms.TrainSchemaEntry}", SchemaFileWriter.Write([(FeaturesColumn, ColumnType.NumberVector(definition.FeatureCount))]));
        WriteModel(zip, path, isBinary ? PredictionTransforms.BinaryFormat : PredictionTransforms.RegressionFormat, body);
    }

    internal static void WriteModel(ZipContainerWriter zip, string path, ComponentFormat format, BodyWriter body) =>
        zip.Add($"{path}/Model.key", ModelStreamWriter.Write(format, body));
}
