using System.Numerics;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Turns keys into their binary digits.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Transforms/KeyToVectorMapping.cs</c>. Body: column pairs. A key of cardinality K gives
/// floor(log2 K) + 2 slots: the bits of the 32-bit number key - 1, highest first; a missing key gives all ones.
/// </remarks>
internal sealed class KeyToBinaryMapping(ComponentIdentity identity, ColumnPair[] pairs) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("KeyToBinaryTransform", "KEY2BINR", (0, 1), ComponentFormat.TransformsAssembly);

    public static KeyToBinaryMapping Read(ModelStream stream) => new(stream.Identity, stream.Pairs());

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
        {
            var input = inputs[index];
            if (!input.Type.IsKey)
                throw Identity.Mismatch($"column '{input.Name}' of keys", input.Type.ToString());

            var bits = BitOperations.Log2(input.Type.KeyCardinality) + 2;
            binder.RequireSlots(pairs[index].Output, (long)bits * input.Type.Slots);
            binder.Add(new Step(Identity, pairs[index].Output, input, bits));
        }
    }

    private sealed class Step : BoundStep
    {
        private readonly BoundColumn _output;
        private readonly int _bits;

        public Step(ComponentIdentity component, string name, BoundColumn input, int bits)
            : base(component, [input])
        {
            var origins = Enumerable.Range(0, bits * input.Type.Slots).Select(slot => input.Origins[slot / bits]).ToArray();
            _bits = bits;
            _output = new BoundColumn(name, ColumnType.NumberVector(origins.Length), SlotOrigins.PerSlot(origins)) { MayBeSparse = true };
        }

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override MissingFlow Missing => MissingFlow.Absorbed;

        public override RowInstruction Emit(RowLayout layout) => new Instruction(layout.Find(Inputs[0]), layout.Find(_output), _bits);
    }

    private sealed class Instruction(ColumnSlots source, ColumnSlots target, int bits) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var values = target.Singles(row);
            var position = 0;

            foreach (var key in source.Integers(row))
            {
                var number = (uint)(key - 1);
                for (var bit = bits - 1; bit >= 0; bit--)
                    values[position++] = bit < 32 ? (number >> bit) & 1 : 0;
            }

            target.SetBuiltForm<float>(row);
        }
    }
}
