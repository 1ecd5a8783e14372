using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Transforms.Normalizers;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The transforms that can be read.</summary>
internal static class TransformCatalog
{
    private static readonly ComponentCatalog<Transform> Catalog = new(
        "transform",
        (TransformerChain.Format, TransformerChain.Read),
        (RowMapper.Format, RowMapper.Read),
        (OptionalColumns.Format, OptionalColumns.Read),
        (ColumnCopying.Format, ColumnCopying.Read),
        (ColumnConcatenation.Format, ColumnConcatenation.Read),
        (ColumnSelection.Format, ColumnSelection.Read),
        (ColumnSelection.DropFormat, ColumnSelection.ReadDrop),
        (ColumnSelection.ChooseFormat, ColumnSelection.ReadChoose),
        (TypeConversion.Format, TypeConversion.Read),
        (MissingValueReplacement.Format, MissingValueReplacement.Read),
        (MissingValueIndication.Format, MissingValueIndication.Read),
        (MissingFeatureIndication.Format, MissingFeatureIndication.Read),
        (ValueToKeyMapping.Format, ValueToKeyMapping.Read),
        (KeyToVectorMapping.Format, KeyToVectorMapping.Read),
        (KeyToBinaryMapping.Format, KeyToBinaryMapping.Read),
        (KeyToValueMapping.Format, KeyToValueMapping.Read),
        (Hashing.Format, Hashing.Read),
        (ValueMapping.Format, ValueMapping.Read),
        (ValueMapping.OldFormat, ValueMapping.ReadOld),
        (Normalization.Format, Normalization.Read),
        (Normalization.OldFormat, Normalization.ReadOld),
        (LpNormalization.Format, LpNormalization.Read),
        (SlotDropping.Format, SlotDropping.Read),
        (ComponentProjection.Format, ComponentProjection.Read),
        (Calibration.Format, Calibration.Read),
        (PredictionTransforms.BinaryFormat, PredictionTransforms.ReadBinary),
        (PredictionTransforms.RegressionFormat, PredictionTransforms.ReadRegression),
        (PredictionTransforms.RankingFormat, PredictionTransforms.ReadRanking),
        (PredictionTransforms.MulticlassFormat, PredictionTransforms.ReadMulticlass),
        (PredictionTransforms.AnomalyFormat, PredictionTransforms.ReadAnomaly),
        (PredictionTransforms.ClusteringFormat, PredictionTransforms.ReadClustering));

    public static Transform Read(ModelDirectory directory) => Catalog.Read(directory);
}
