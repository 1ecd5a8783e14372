using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms.Normalizers;

/// <summary>Normalizes columns.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/Normalizer.cs</c>. Body: column pairs; per column the input type: from
/// version 1.2 bool vector, u8 item type and, for a vector, i32[] dimensions; before, bool vector, i32 size, u8 item type.
/// The older <c>NORMFUNC</c> has i32 4 and column pairs. The function of column i is the sub-model <c>Normalizer_iii</c>.
/// </remarks>
internal sealed class Normalization(ComponentIdentity identity, ColumnPair[] pairs, ColumnType?[] types, NormalizerFunction[] functions) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("Normalizer", "NORMALZR", (1, 2), (1, 1), (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat OldFormat = new("NormalizeTransform", "NORMFUNC", (1, 3), ComponentFormat.DataAssembly)
    {
        Alternative = "NormalizeFunction",
        OlderLoaderSignatures = ["Normalizer"],
    };

    public static Normalization Read(ModelStream stream)
    {
        var pairs = stream.Pairs();
        var types = Array.ConvertAll(pairs, _ => (ColumnType?)ReadType(stream));

        return new Normalization(stream.Identity, pairs, types, ReadFunctions(stream, pairs.Length));
    }

    public static Normalization ReadOld(ModelStream stream)
    {
        stream.Body.FloatSize();
        var pairs = stream.Pairs();

        return new Normalization(stream.Identity, pairs, new ColumnType?[pairs.Length], ReadFunctions(stream, pairs.Length));
    }

    public override void Bind(Binder binder)
    {
        var inputs = pairs.Select((pair, index) => binder.Resolve(Identity, pair.Input, types[index])).ToArray();

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output, types[index], functions[index]));
    }

    private static NormalizerFunction[] ReadFunctions(ModelStream stream, int count) =>
        [.. Enumerable.Range(0, count).Select(index => NormalizerFunction.Read(stream.Directory.Sub("Normalizer", index)))];

    private static ColumnType ReadType(ModelStream stream)
    {
        var body = stream.Body;
        var start = body.Position;
        var isVector = body.Boolean("the vector flag of a column");
        var isOld = !stream.Version.IsAtLeast(1, 2);
        var size = isOld ? body.Int32("the size of a vector") : 0;
        var item = (ColumnItemType)body.Byte("the item type of a column");

        if (item is not (ColumnItemType.Single or ColumnItemType.Double))
            throw body.MalformedAt(start, "Single (9) or Double (10) as the item type", EntryReader.Text((int)item));
        if (!isVector)
            return new ColumnType(item);

        if (!isOld)
            size = (int)Math.Min(body.CountedInt32s("dimensions").Aggregate(1L, (product, dimension) => Math.Min(product * Math.Max(dimension, 0), int.MaxValue)), int.MaxValue);

        return size > 0 ? new ColumnType(item, size) : throw body.MalformedAt(start, "a vector of known length", EntryReader.Text(size));
    }

    private SlotMapStep Step(BoundColumn input, string name, ColumnType? type, NormalizerFunction function)
    {
        if (type is { } stated && stated != input.Type)
            throw Identity.Mismatch($"column '{input.Name}' of {stated}", input.Type.ToString());
        if (input.Type.IsKey || input.Type.Item != function.Item || input.Type.Slots != function.Slots)
            throw Identity.Mismatch($"column '{input.Name}' of {function.Slots} slots of {function.Item}, as its normalizer", input.Type.ToString());

        var isVector = input.Type.IsVector;
        var output = new BoundColumn(name, input.Type, input.Origins) { MayBeSparse = isVector };

        return SlotMapStep.Of(Identity, input, output, (source, target) => function.Emit(source, target, isVector), function.Missing, function.FormMatters, isVector ? function.VectorOperation : null);
    }
}
