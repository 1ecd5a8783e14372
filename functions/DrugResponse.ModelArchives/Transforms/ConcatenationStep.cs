using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Makes one vector of columns.</summary>
internal sealed class ConcatenationStep : BoundStep
{
    private readonly BoundColumn _output;
    private readonly int[] _starts;

    public ConcatenationStep(Binder binder, ComponentIdentity component, string name, BoundColumn[] inputs)
        : base(component, inputs)
    {
        if (inputs.Length == 0)
            throw component.Mismatch($"at least one source of column '{name}'", "none");

        foreach (var input in inputs)
        {
            if ((input.Type with { VectorLength = null }) != (inputs[0].Type with { VectorLength = null }))
                throw component.Mismatch($"sources of '{name}' of one type, {inputs[0].Type} as in '{inputs[0].Name}'", $"{input.Type} in '{input.Name}'");
        }

        binder.RequireSlots(name, inputs.Sum(input => (long)input.Type.Slots));
        var length = inputs.Sum(input => input.Type.Slots);
        _starts = new int[inputs.Length];
        for (var index = 1; index < inputs.Length; index++)
            _starts[index] = _starts[index - 1] + inputs[index - 1].Type.Slots;
        _output = new BoundColumn(name, inputs[0].Type with { VectorLength = length }, OriginsOf(inputs, length))
        {
            MayBeSparse = MayBecomeSparse(inputs, length),
            KeyValues = inputs.Length == 1 ? inputs[0].KeyValues : null,
        };
    }

    public override IReadOnlyList<BoundColumn> Outputs => [_output];

    public override SlotFlow Flow => SlotFlow.Concatenated;

    public override SlotSource? SourceOf(int slot)
    {
        var found = Array.BinarySearch(_starts, slot);
        var source = found >= 0 ? found : ~found - 1;

        return new SlotSource(Inputs[source], slot - _starts[source], new SlotOperation(SlotOperationKind.Copy));
    }

    public override RowInstruction Emit(RowLayout layout)
    {
        var target = layout.Find(_output);
        var sources = new List<(ColumnSlots Source, int Offset)>();
        var fixedCount = 0;
        var offset = 0;

        foreach (var input in Inputs)
        {
            if (layout.TryFind(input) is { } source)
                Join(sources, source, offset);
            else
                fixedCount += input.Type.Slots;
            offset += input.Type.Slots;
        }

        return new ConcatenateInstruction(sources.ToArray(), target, fixedCount, isSingleVector: Inputs is [{ Type.IsVector: true }]);
    }

    /// <summary>Adds a source, or lengthens the last one if both are untracked and follow one another on both sides.</summary>
    private static void Join(List<(ColumnSlots Source, int Offset)> sources, ColumnSlots source, int offset)
    {
        if (sources.Count != 0
            && sources[^1] is var (last, start)
            && !last.IsTracked
            && !source.IsTracked
            && last.Offset + last.Length == source.Offset
            && start + last.Length == offset)
            sources[^1] = (last with { Length = last.Length + source.Length }, start);
        else
            sources.Add((source, offset));
    }

    /// <summary>Every source that is dense counts in full; only sources that may be sparse can bring the count down to half.</summary>
    private static bool MayBecomeSparse(BoundColumn[] inputs, int length)
    {
        var dense = inputs.Where(input => !input.MayBeSparse).Sum(input => (long)input.Type.Slots);

        return inputs is [{ Type.IsVector: true }] ? inputs[0].MayBeSparse : dense <= length / 2 && inputs.Any(input => input.MayBeSparse);
    }

    private static SlotOrigins OriginsOf(BoundColumn[] inputs, int length)
    {
        if (inputs is [var only])
            return only.Origins;

        var origins = new int[length];
        var position = 0;

        foreach (var input in inputs)
        {
            for (var slot = 0; slot < input.Type.Slots; slot++)
                origins[position++] = input.Origins[slot];
        }

        return SlotOrigins.PerSlot(origins);
    }
}
