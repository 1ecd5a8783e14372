using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>Decides what kind of archive a container is and reads its parts.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Model/ModelOperationsCatalog.cs</c>. In this order: an entry <c>Schema</c> states the
/// inputs of <c>TransformerChain</c>; a root <c>Model.key</c> is a loader with the transformer inside; a
/// <c>TransformerChain</c> alone has no schema; and <c>DataLoaderModel</c> with <c>Predictor</c> is a pipeline of the old command line.
/// </remarks>
internal static class ArchiveLoader
{
    private const string SchemaEntry = "Schema";
    private const string TransformerDirectory = "TransformerChain";
    private const string PipelineDirectory = "DataLoaderModel";

    public static LoadedArchive Load(ZipContainer container)
    {
        var root = new ModelDirectory(container, "");
        var transformer = root.Sub(TransformerDirectory);
        var pipeline = root.Sub(PipelineDirectory);

        if (container.Contains(SchemaEntry))
            return new LoadedArchive([TransformCatalog.Read(transformer)], InputColumn.Of(root.ReadSchema(SchemaEntry)));
        if (root.HasModel)
            return DataLoaders.Read(root);
        if (transformer.HasModel)
            return new LoadedArchive([TransformCatalog.Read(transformer)], null);
        if (pipeline.HasModel)
            return LoadPipeline(root, DataLoaders.Read(pipeline));

        throw new ModelArchiveFormatException("", 0, "a model: an entry 'TransformerChain/Model.key' or 'DataLoaderModel/Model.key'", "neither");
    }

    private static LoadedArchive LoadPipeline(ModelDirectory root, LoadedArchive pipeline) =>
        PipelinePrediction.TryRead(root) is { } prediction
            ? pipeline with { Transforms = [.. pipeline.Transforms, prediction] }
            : pipeline;
}
