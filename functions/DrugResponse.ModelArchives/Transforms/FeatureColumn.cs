using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Ties a predictor to its feature column.</summary>
internal static class FeatureColumn
{
    /// <summary>The feature column as the only element, or no column for a predictor that takes none.</summary>
    public static BoundColumn[] Resolve(Binder binder, ComponentIdentity component, Predictor predictor, string? name, SchemaFile? trainSchema)
    {
        if (name is null || predictor.FeatureCount is null)
        {
            return predictor.FeatureCount is null
                ? []
                : throw component.Mismatch($"a feature column for '{predictor.Identity.LoaderSignature}'", "null");
        }

        if (trainSchema is not null)
            binder.Hint(trainSchema.Columns);

        var column = binder.Resolve(component, name, trainSchema?.Find(name)?.Type);

        if (column.Type is not { Item: ColumnItemType.Single, IsKey: false, IsVector: true })
            throw component.Mismatch($"feature column '{name}' as a vector of Single", column.Type.ToString());
        if (predictor.FeatureCount is { } count and > 0 && column.Type.VectorLength != count)
            throw component.Mismatch($"feature column '{name}' of {count} slots, as its predictor needs", $"{column.Type.VectorLength} slots");
        if (column.Type.VectorLength < predictor.MinimumFeatureCount)
            throw component.Mismatch($"feature column '{name}' of at least {predictor.MinimumFeatureCount} slots", $"{column.Type.VectorLength} slots");

        return [column];
    }
}
