using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>The older missing-value indicator: a vector of twice the length, value and flag by turns.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Transforms/MissingValueIndicatorTransform.cs</c>; only in pipelines of the old command line.
/// Body: i32 4; column pairs. Slot 2k is value k, 0 if missing; slot 2k + 1 is 1 if value k is missing, else 0.
/// </remarks>
internal sealed class MissingFeatureIndication(ComponentIdentity identity, ColumnPair[] pairs) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("MissingIndicatorFunction", "MISFEATF", (1, 2), ComponentFormat.TransformsAssembly)
    {
        Alternative = "MissingFeatureFunction",
    };

    public static MissingFeatureIndication Read(ModelStream stream)
    {
        stream.Body.FloatSize();

        return new MissingFeatureIndication(stream.Identity, stream.Pairs());
    }

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
        {
            binder.RequireSlots(pairs[index].Output, 2L * inputs[index].Type.Slots);
            binder.Add(new Step(Identity, pairs[index].Output, inputs[index]));
        }
    }

    private sealed class Step : BoundStep
    {
        private readonly BoundColumn _output;

        public Step(ComponentIdentity component, string name, BoundColumn input)
            : base(component, [input])
        {
            if (input.Type is not { Item: ColumnItemType.Single, IsKey: false })
                throw component.Mismatch($"column '{input.Name}' of Single", input.Type.ToString());

            var origins = Enumerable.Range(0, 2 * input.Type.Slots).Select(slot => input.Origins[slot / 2]).ToArray();
            _output = new BoundColumn(name, ColumnType.NumberVector(origins.Length), SlotOrigins.PerSlot(origins)) { MayBeSparse = true };
        }

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override MissingFlow Missing => MissingFlow.Absorbed;

        public override RowInstruction Emit(RowLayout layout) => new Instruction(layout.Find(Inputs[0]), layout.Find(_output));
    }

    private sealed class Instruction(ColumnSlots source, ColumnSlots target) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var from = source.Singles(row);
            var to = target.Singles(row);

            for (var slot = 0; slot < from.Length; slot++)
            {
                var isMissing = float.IsNaN(from[slot]);
                to[2 * slot] = isMissing ? 0 : from[slot];
                to[(2 * slot) + 1] = isMissing ? 1 : 0;
            }

            target.SetBuiltForm<float>(row);
        }
    }
}
