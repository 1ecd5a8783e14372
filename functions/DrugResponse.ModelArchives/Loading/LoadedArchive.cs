using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Loading;

/// <summary>The parts of an archive: its root transform and its input columns, if it states them.</summary>
internal sealed record LoadedArchive(Transform Root, IReadOnlyList<(string Name, ColumnType Type, TypedValues? KeyValues)>? InputColumns);
