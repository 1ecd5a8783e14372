using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>An input column of an archive.</summary>
internal sealed record InputColumn(string Name, ColumnType Type, TypedValues? KeyValues = null)
{
    public static IReadOnlyList<InputColumn> Of(SchemaFile schema) =>
        [.. schema.Columns.Select(column => new InputColumn(column.Name, column.Type, column.Type.IsKey ? schema.ReadKeyValues(column) : null))];
}

/// <summary>The parts of an archive: its transforms, in order, and its input columns, if it states them.</summary>
internal sealed record LoadedArchive(IReadOnlyList<Transform> Transforms, IReadOnlyList<InputColumn>? InputColumns);
