using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms.Normalizers;

/// <summary>What a normalizer does to one column, slot by slot. Arithmetic is in the column's item type. Immutable.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/NormalizeColumn.cs</c>, <c>NormalizeColumnSng.cs</c>,
/// <c>NormalizeColumnDbl.cs</c>. Results for vectors go through the incremental builder: a zero of either sign becomes a plain zero.
/// </remarks>
internal abstract class NormalizerFunction
{
    private static readonly ComponentCatalog<NormalizerFunction> Catalog = new(
        "normalizer",
        (AffineNormalizer.Format, AffineNormalizer.Read),
        (CdfNormalizer.Format, CdfNormalizer.Read),
        (BinNormalizer.Format, BinNormalizer.Read));

    /// <summary>Single or Double.</summary>
    public abstract ColumnItemType Item { get; }

    public abstract int Slots { get; }

    public virtual MissingFlow Missing => MissingFlow.PassedOn;

    /// <summary>Whether implicit zeros of a sparse vector come out differently from explicit ones.</summary>
    public abstract bool FormMatters { get; }

    /// <summary>What is done to a slot of a vector of Single, if it is a simple operation.</summary>
    public virtual Func<int, SlotOperation>? VectorOperation => null;

    public static NormalizerFunction Read(ModelDirectory directory) => Catalog.Read(directory);

    public abstract RowInstruction Emit(ColumnSlots source, ColumnSlots target, bool isVector);

    /// <summary>Reads the size of the item type, 4 or 8, and then the rest in that type.</summary>
    protected static NormalizerFunction ReadSized(EntryReader body, Func<NormalizerFunction> readSingle, Func<NormalizerFunction> readDouble)
    {
        var start = body.Position;

        return body.Int32("the size of the item type") switch
        {
            4 => readSingle(),
            8 => readDouble(),
            var size => throw body.MalformedAt(start, "4 or 8 as the size of the item type", EntryReader.Text(size)),
        };
    }

    protected static int ReadSlots(EntryReader body)
    {
        var start = body.Position;
        var slots = body.Int32("the number of slots");

        return slots > 0 ? slots : throw body.MalformedAt(start, "a number of slots above 0", EntryReader.Text(slots));
    }
}
