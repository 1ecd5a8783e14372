using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Turns keys of cardinality K into indicator vectors or counts.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/KeyToVector.cs</c>. Body: version 1.1 only i32 4; column pairs;
/// bool[columns] bag. A key gives K slots with 1 at key - 1; L keys give L * K slots, key s in slots s*K to (s+1)*K - 1, or
/// with bag K counts. A missing key, or one above K, sets nothing. One key gives a sparse vector (dense if K is 1), L keys a
/// sparse one with a slot per key, counts the form of the incremental builder.
/// </remarks>
internal sealed class KeyToVectorMapping(ComponentIdentity identity, ColumnPair[] pairs, bool[] counts) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("KeyToVectorTransform", "KEY2VECT", (1, 2), (1, 1), (1, 1), ComponentFormat.DataAssembly);

    public static KeyToVectorMapping Read(ModelStream stream)
    {
        if (!stream.Version.IsAtLeast(1, 2))
            stream.Body.FloatSize();

        var pairs = stream.Pairs();

        return new KeyToVectorMapping(stream.Identity, pairs, Array.ConvertAll(pairs, _ => stream.Body.Boolean("the bag flag of a column")));
    }

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
        {
            var input = inputs[index];
            if (!input.Type.IsKey)
                throw Identity.Mismatch($"column '{input.Name}' of keys", input.Type.ToString());

            var isCount = counts[index] && input.Type.IsVector;
            var length = (UInt128)input.Type.KeyCardinality * (uint)(isCount ? 1 : input.Type.Slots);
            binder.RequireSlots(pairs[index].Output, (long)UInt128.Min(length, int.MaxValue));
            binder.Add(new Step(Identity, pairs[index].Output, input, (int)length, isCount));
        }
    }

    private sealed class Step : BoundStep
    {
        private readonly BoundColumn _output;
        private readonly bool _isCount;

        public Step(ComponentIdentity component, string name, BoundColumn input, int length, bool isCount)
            : base(component, [input])
        {
            _isCount = isCount;
            _output = new BoundColumn(name, ColumnType.NumberVector(length), Origins(input, length, isCount)) { MayBeSparse = length > 1 };
        }

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override MissingFlow Missing => MissingFlow.Absorbed;

        public override RowInstruction Emit(RowLayout layout)
        {
            var cardinality = (int)Inputs[0].Type.KeyCardinality;

            return _isCount
                ? new CountInstruction(layout.Find(Inputs[0]), layout.Find(_output), cardinality)
                : new IndicatorInstruction(layout.Find(Inputs[0]), layout.Find(_output), cardinality);
        }

        private static SlotOrigins Origins(BoundColumn input, int length, bool isCount)
        {
            var common = input.Origins.Common;

            return common != SlotOrigins.Mixed || isCount
                ? SlotOrigins.Of(common)
                : SlotOrigins.PerSlot([.. Enumerable.Range(0, length).Select(slot => input.Origins[slot / (length / input.Type.Slots)])]);
        }
    }

    private sealed class IndicatorInstruction(ColumnSlots source, ColumnSlots target, int cardinality) : RowInstruction
    {
        public override void Run(RowState row)
        {
            target.SetEmpty(row);
            var keys = source.Integers(row);
            var values = target.Singles(row);
            var list = target.IsTracked ? target.SlotList(row) : default;
            var count = 0;

            for (var slot = 0; slot < keys.Length; slot++)
            {
                if ((ulong)(keys[slot] - 1) >= (ulong)cardinality)
                    continue;

                var index = (slot * cardinality) + (int)keys[slot] - 1;
                values[index] = 1;
                if (target.IsTracked)
                    list[count] = index;
                count++;
            }

            if (target.IsTracked)
                row.ExplicitCounts[target.Form] = count == values.Length ? RowState.Dense : count;
        }
    }

    private sealed class CountInstruction(ColumnSlots source, ColumnSlots target, int cardinality) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var keys = source.Integers(row);
            var values = target.Singles(row);
            var added = 0;
            values.Clear();

            foreach (var key in keys)
            {
                if ((ulong)(key - 1) >= (ulong)cardinality)
                    continue;
                values[(int)key - 1]++;
                added++;
            }

            target.SetBuiltForm<float>(row);

            // The builder counts every key it was given, repeated ones too, when it decides to turn dense.
            if (target.IsTracked && added != 0 && added >= values.Length / 2)
                target.SetDense(row);
        }
    }
}
