using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Copies columns under other names.</summary>
/// <remarks>Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/ColumnCopying.cs</c>. Body: column pairs.</remarks>
internal sealed class ColumnCopying(ComponentIdentity identity, ColumnPair[] pairs) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("CopyTransform", "COPYCOLT", (1, 1), ComponentFormat.DataAssembly);

    public static ColumnCopying Read(ModelStream stream) => new(stream.Identity, stream.Pairs());

    public override void Bind(Binder binder)
    {
        var inputs = pairs.Select(pair => binder.Resolve(Identity, pair.Input)).ToArray();

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(new Step(Identity, pairs[index].Output, inputs[index]));
    }

    private sealed class Step(ComponentIdentity component, string name, BoundColumn input) : BoundStep(component, [input])
    {
        private readonly BoundColumn _output = new(name, input.Type, input.Origins) { MayBeSparse = input.MayBeSparse, KeyValues = input.KeyValues };

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override SlotFlow Flow => SlotFlow.SlotBySlot;

        public override SlotSource? SourceOf(int slot) => new SlotSource(input, slot, new SlotOperation(SlotOperationKind.Copy));

        public override RowInstruction Emit(RowLayout layout) => new CopyInstruction(layout.Find(input), layout.Find(_output));
    }
}
