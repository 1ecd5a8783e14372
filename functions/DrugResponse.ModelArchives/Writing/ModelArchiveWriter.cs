using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes model definitions as archives that ML.NET opens. The same definition always gives the same bytes.</summary>
public static class ModelArchiveWriter
{
    private const string FeaturesColumn = "Features";
    private const string ChainPath = "TransformerChain";

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
        var components = new ComponentWriter(zip);
        var next = 0;
        var replaced = definition.Inputs.OfType<NumericInput>().Where(input => input.Replacement is not null).ToArray();
        var categorical = definition.Inputs.OfType<CategoricalInput>().ToArray();

        if (replaced.Length != 0)
            components.Replacement(Element(next++), replaced);
        if (categorical.Length != 0)
            components.OneHot(Element(next++), categorical);
        components.Concatenation(Element(next++), FeaturesColumn, definition.Inputs);
        WritePrediction(zip, components, Element(next++), definition);
        components.Chain(ChainPath, next);
        zip.Add("Schema", SchemaFileWriter.Write([.. definition.Inputs.Select(input => (input.Name, InputType(input)))]));

        return zip.Finish();
    }

    private static string Element(int index) => $"{ChainPath}/Transform_{index:D3}";

    private static ColumnType InputType(InputDefinition input) => input is CategoricalInput ? new ColumnType(ColumnItemType.Text) : ColumnType.Number;

    private static void WritePrediction(ZipContainerWriter zip, ComponentWriter components, string path, ModelDefinition definition)
    {
        var isBinary = definition.Kind == PredictionKind.Binary;
        var body = new BodyWriter().String(FeaturesColumn);
        if (isBinary)
            body.Single(definition.Threshold).String(ColumnNames.Score);

        PredictorWriter.Write(components, $"{path}/Model", definition);
        zip.Add($"{path}/{PredictionTransforms.TrainSchemaEntry}", SchemaFileWriter.Write([(FeaturesColumn, ColumnType.NumberVector(definition.FeatureCount))]));
        components.Model(path, isBinary ? PredictionTransforms.BinaryFormat : PredictionTransforms.RegressionFormat, body);
    }
}
