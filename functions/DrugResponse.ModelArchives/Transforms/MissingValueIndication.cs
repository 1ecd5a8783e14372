using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Tells which values are missing, as Booleans.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Transforms/MissingValueIndicatorTransformer.cs</c>. Body: column pairs. A vector of N
/// slots of which m are missing comes out sparse if m is below N/2 or 0.
/// </remarks>
internal sealed class MissingValueIndication(ComponentIdentity identity, ColumnPair[] pairs) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("NaIndicatorTransform", "NAIND TF", (1, 1), ComponentFormat.TransformsAssembly);

    public static MissingValueIndication Read(ModelStream stream) => new(stream.Identity, stream.Pairs());

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output));
    }

    private SlotMapStep Step(BoundColumn input, string name)
    {
        if (input.Type is not ({ IsReal: true } or { IsKey: true }))
            throw Identity.Mismatch($"column '{input.Name}' of a type that has a missing value", input.Type.ToString());

        var output = new BoundColumn(name, new ColumnType(ColumnItemType.Boolean, input.Type.VectorLength), input.Origins) { MayBeSparse = input.Type.IsVector };

        return SlotMapStep.Of(
            Identity,
            input,
            output,
            (source, target) => source.Kind switch
            {
                ValueKind.Single => new Instruction<float>(source, target, float.IsNaN),
                ValueKind.Double => new Instruction<double>(source, target, double.IsNaN),
                _ => new Instruction<long>(source, target, key => key == 0),
            },
            MissingFlow.Absorbed);
    }

    private sealed class Instruction<T>(ColumnSlots source, ColumnSlots target, Func<T, bool> isMissing) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var from = source.Values<T>(row);
            var to = target.Integers(row);
            var count = 0;

            for (var slot = 0; slot < from.Length; slot++)
            {
                to[slot] = isMissing(from[slot]) ? 1 : 0;
                count += (int)to[slot];
            }

            if (target.IsTracked)
                SetForm(row, to, count);
        }

        private void SetForm(RowState row, Span<long> flags, int count)
        {
            if (count != 0 && count >= flags.Length / 2)
            {
                target.SetDense(row);
                return;
            }

            var list = target.SlotList(row);
            var next = 0;
            for (var slot = 0; slot < flags.Length; slot++)
            {
                if (flags[slot] != 0)
                    list[next++] = slot;
            }

            row.ExplicitCounts[target.Form] = count;
        }
    }
}
