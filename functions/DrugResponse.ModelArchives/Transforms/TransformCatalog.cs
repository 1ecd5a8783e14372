using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The transforms that can be read.</summary>
internal static class TransformCatalog
{
    private static readonly ComponentCatalog<Transform> Catalog = new(
        "transform",
        (TransformerChain.Format, TransformerChain.Read),
        (ColumnCopying.Format, ColumnCopying.Read),
        (ColumnConcatenation.Format, ColumnConcatenation.Read),
        (PredictionTransforms.BinaryFormat, PredictionTransforms.ReadBinary),
        (PredictionTransforms.RegressionFormat, PredictionTransforms.ReadRegression));

    public static Transform Read(ModelDirectory directory) => Catalog.Read(directory);
}
