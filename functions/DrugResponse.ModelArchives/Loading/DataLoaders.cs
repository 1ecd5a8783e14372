using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>The data loaders an archive may hold; only what they say about columns and transforms is used.</summary>
internal static class DataLoaders
{
    public static readonly ComponentFormat CompositeFormat = new("CompositeLoader", "CMPSTLDR", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat PipelineFormat = new("PipeDataLoader", "PIPELODR", (1, 2), (1, 2), (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat BinaryFormat = new("BinaryLoader", "BINLOADR", (1, 4), (1, 4), (1, 1), ComponentFormat.DataAssembly);

    private const string OldLoaderDirectory = "Reader";
    private const string LoaderDirectory = "Loader";

    private static readonly ComponentCatalog<LoadedArchive> Catalog = new(
        "data loader",
        (CompositeFormat, ReadComposite),
        (PipelineFormat, ReadPipeline),
        (BinaryFormat, ReadBinary),
        (TextLoader.Format, TextLoader.Read));

    public static LoadedArchive Read(ModelDirectory directory) => Catalog.Read(directory);

    /// <summary>
    /// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/CompositeDataLoader.cs</c>. Empty body; sub-models <c>Reader</c> or
    /// <c>Loader</c>, and <c>TransformerChain</c>.
    /// </summary>
    private static LoadedArchive ReadComposite(ModelStream stream)
    {
        var reader = stream.Directory.Sub(OldLoaderDirectory);
        var loader = Read(reader.HasModel ? reader : stream.Directory.Sub(LoaderDirectory));

        return loader with { Transforms = [.. loader.Transforms, TransformCatalog.Read(stream.Directory.Sub("TransformerChain"))] };
    }

    /// <summary>
    /// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/LegacyCompositeDataLoader.cs</c>. Body: i32 4; i32 n; if readable from
    /// version 1.2, per transform str tag, str? arguments. Sub-models <c>Loader</c> and <c>Transform_iii</c>.
    /// </summary>
    private static LoadedArchive ReadPipeline(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var hasTags = stream.Header.ReadableVersion.IsAtLeast(1, 2);
        var count = body.Count(hasTags ? 8 : 0, "transforms");

        for (var index = 0; index < count && hasTags; index++)
        {
            body.String("a tag");
            body.StringOrNull("arguments");
        }

        var loader = Read(stream.Directory.Sub(LoaderDirectory));
        var transforms = new List<Transform>(loader.Transforms);
        for (var index = 0; index < count; index++)
            transforms.Add(TransformCatalog.Read(stream.Directory.Sub("Transform", index)));

        return loader with { Transforms = transforms };
    }

    /// <summary>
    /// Source: ML.NET <c>src/Microsoft.ML.Data/DataLoadSave/Binary/BinaryLoader.cs</c>. Body: from version 1.2 i32 threads; in
    /// 1.2 and 1.3 str? index column; from 1.3 f64 shuffle factor. Entry <c>Schema.idv</c>: the columns.
    /// </summary>
    private static LoadedArchive ReadBinary(ModelStream stream)
    {
        var body = stream.Body;
        var version = stream.Version;
        if (version.IsAtLeast(1, 2))
            body.Int32("the number of threads");
        if (version.IsAtLeast(1, 2) && !version.IsAtLeast(1, 4))
            body.StringOrNull("the index column");
        if (version.IsAtLeast(1, 3))
            body.Double("the shuffle factor");

        return new LoadedArchive([], InputColumn.Of(stream.Directory.ReadSchema("Schema.idv")));
    }
}
