using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Turns keys back into what they stand for.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/KeyToValue.cs</c>. Body: column pairs. The values are those of the
/// term map, hash vocabulary or label the keys came from. A missing key, or one without a value, gives NaN, an empty text, 0 or false.
/// </remarks>
internal sealed class KeyToValueMapping(ComponentIdentity identity, ColumnPair[] pairs) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("KeyToValueTransform", "KEY2VALT", (1, 1), ComponentFormat.DataAssembly);

    public static KeyToValueMapping Read(ModelStream stream) => new(stream.Identity, stream.Pairs());

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output));
    }

    private SlotMapStep Step(BoundColumn input, string name)
    {
        if (!input.Type.IsKey || input.KeyValues is not { } values)
            throw Identity.Mismatch($"column '{input.Name}' of keys whose values the archive states", input.Type.ToString());

        var output = new BoundColumn(name, new ColumnType(values.Item, input.Type.VectorLength), input.Origins);

        switch (values.Item)
        {
            case ColumnItemType.Text:
                return Step(input, output, values.Texts.ToArray(), "");
            case ColumnItemType.Single:
                return Step(input, output, values.Singles.ToArray(), float.NaN);
            case ColumnItemType.Double:
                return Step(input, output, values.Doubles.ToArray(), double.NaN);
            default:
                return Step(input, output, values.Integers.ToArray(), 0L);
        }
    }

    private SlotMapStep Step<T>(BoundColumn input, BoundColumn output, T[] values, T missing) => SlotMapStep.Of<long, T>(
        Identity, input, output, (_, key) => (ulong)(key - 1) < (ulong)values.Length ? values[key - 1] : missing, implicitSlots: ImplicitSlots.Mapped);
}
