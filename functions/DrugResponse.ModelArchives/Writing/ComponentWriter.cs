using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes components; the layouts are those of the classes that read them.</summary>
internal sealed class ComponentWriter(ZipContainerWriter zip)
{
    /// <summary>Writes a component without parts.</summary>
    public void Model(string path, ComponentFormat format, BodyWriter body) => zip.Add($"{path}/Model.key", ModelStreamWriter.Write(format, body));

    public void Chain(string path, int count) =>
        Model(path, TransformerChain.Format, new BodyWriter().Int32s(Enumerable.Repeat(TransformerChain.AllScopes, count).ToArray()));

    public void Replacement(string path, IReadOnlyCollection<NumericInput> inputs) => Model(
        path,
        MissingValueReplacement.Format,
        Pairs(inputs).Each(inputs, (body, input) =>
        {
            SchemaFileWriter.WriteCodec(body, ColumnType.Number);
            body.Single(input.Replacement!.Value);
        }));

    /// <summary>One-hot encoding: a chain of a term map and an indicator vector, under the name of the input.</summary>
    public void OneHot(string path, IReadOnlyCollection<CategoricalInput> inputs)
    {
        var terms = $"{path}/Transform_000";
        var indicators = $"{path}/Transform_001";

        Model($"{terms}/Vocabulary", ValueToKeyMapping.VocabularyFormat, new BodyWriter().Counted(inputs, (body, input) =>
            body.Byte(0).Counted([.. input.Categories], (inner, category) => inner.String(category))));
        Model(terms, ValueToKeyMapping.Format, Pairs(inputs).Each(inputs, (body, _) => body.Boolean(false)));
        Model(indicators, KeyToVectorMapping.Format, Pairs(inputs).Each(inputs, (body, _) => body.Boolean(false)));
        Chain(path, 2);
    }

    public void Concatenation(string path, string output, IReadOnlyCollection<InputDefinition> inputs) => Model(
        path,
        ColumnConcatenation.Format,
        new BodyWriter().Int32(1).String(output).Counted(inputs, (body, input) => body.String(input.Name).String(null)));

    private static BodyWriter Pairs(IReadOnlyCollection<InputDefinition> inputs) =>
        new BodyWriter().Counted(inputs, (body, input) => body.String(input.Name).String(input.Name));
}
