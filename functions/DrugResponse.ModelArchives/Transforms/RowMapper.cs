using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>A wrapper around a transform in pipelines of the old command line: empty body, sub-model <c>Mapper</c>.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Data/DataView/RowToRowMapperTransform.cs</c>.</remarks>
internal static class RowMapper
{
    public static readonly ComponentFormat Format = new("RowToRowMapper", "ROW MPPR", (1, 1), ComponentFormat.DataAssembly);

    public static Transform Read(ModelStream stream) => TransformCatalog.Read(stream.Directory.Sub("Mapper"));
}
