using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>Decides what kind of archive a container is and reads its parts.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Data/Model/ModelOperationsCatalog.cs</c>.</remarks>
internal static class ArchiveLoader
{
    private const string SchemaEntry = "Schema";
    private const string TransformerDirectory = "TransformerChain";

    public static LoadedArchive Load(ZipContainer container)
    {
        var root = new ModelDirectory(container, "");
        var transformer = root.Sub(TransformerDirectory);

        if (container.Contains(SchemaEntry))
            return new LoadedArchive(TransformCatalog.Read(transformer), InputColumns(root.ReadSchema(SchemaEntry)));
        if (transformer.HasModel)
            return new LoadedArchive(TransformCatalog.Read(transformer), null);

        throw new ModelArchiveFormatException("", 0, "a model: an entry 'TransformerChain/Model.key'", "none");
    }

    private static List<(string Name, ColumnType Type, TypedValues? KeyValues)> InputColumns(SchemaFile schema)
    {
        var columns = new List<(string, ColumnType, TypedValues?)>();
        var last = schema.Columns.GroupBy(column => column.Name).ToDictionary(group => group.Key, group => group.Last());

        foreach (var column in schema.Columns)
        {
            if (last[column.Name] == column)
                columns.Add((column.Name, column.Type, column.Type.IsKey ? schema.ReadKeyValues(column) : null));
        }

        return columns;
    }
}
