using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Replaces NaN.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Transforms/MissingValueReplacing.cs</c>. Body: column pairs; per column the codec of the
/// replacement and a block of one value: a scalar for all slots, or a vector of the column's length. On a sparse vector
/// only explicit slots change.
/// </remarks>
internal sealed class MissingValueReplacement(ComponentIdentity identity, ColumnPair[] pairs, (ColumnType Type, TypedValues Values)[] replacements) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("NAReplaceTransform", "NAREP TF", (1, 2), (1, 2), (1, 1), ComponentFormat.TransformsAssembly);

    public static MissingValueReplacement Read(ModelStream stream)
    {
        var pairs = stream.Pairs();
        var replacements = Array.ConvertAll(pairs, _ => ReadReplacement(stream.Body));

        return new MissingValueReplacement(stream.Identity, pairs, replacements);
    }

    public override void Bind(Binder binder)
    {
        var inputs = pairs.Select((pair, index) => binder.Resolve(Identity, pair.Input, replacements[index].Type)).ToArray();

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output, replacements[index]));
    }

    private static (ColumnType Type, TypedValues Values) ReadReplacement(EntryReader body)
    {
        var start = body.Position;
        var codec = Codec.ReadKnown(body);
        var values = codec.Type.IsVector ? ValueBlock.ReadVector(body, codec) : ValueBlock.Read(body, codec, 1);

        if (!codec.Type.IsReal || (codec.Type.VectorLength is { } length && length != 0 && length != values.Count))
            throw body.MalformedAt(start, "a replacement of Single or Double, as long as its type says", $"{codec.Type} with {values.Count} values");

        return (codec.Type with { VectorLength = codec.Type.IsVector ? values.Count : null }, values);
    }

    private SlotMapStep Step(BoundColumn input, string name, (ColumnType Type, TypedValues Values) replacement)
    {
        var (type, values) = replacement;
        if (input.Type.Item != type.Item || input.Type.IsKey || (type.IsVector && type.VectorLength != input.Type.VectorLength))
            throw Identity.Mismatch($"column '{input.Name}' of a type that {type} can replace values of", input.Type.ToString());

        var output = new BoundColumn(name, input.Type, input.Origins) { MayBeSparse = input.MayBeSparse };
        var last = values.Count - 1;

        if (type.Item == ColumnItemType.Single)
        {
            var singles = new float[input.Type.Slots];
            for (var slot = 0; slot < singles.Length; slot++)
                singles[slot] = values.Singles[Math.Min(slot, last)];

            return SlotMapStep.Of(
                Identity,
                input,
                output,
                (source, target) => new ReplaceInstruction(source, target, singles),
                MissingFlow.Absorbed,
                operation: slot => new SlotOperation(SlotOperationKind.Replace, singles[slot]));
        }

        var doubles = values.Doubles.ToArray();

        return SlotMapStep.Of<double, double>(
            Identity, input, output, (slot, value) => double.IsNaN(value) ? doubles[Math.Min(slot, last)] : value, MissingFlow.Absorbed);
    }
}
