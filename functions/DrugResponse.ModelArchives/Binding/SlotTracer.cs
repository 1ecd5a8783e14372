namespace DrugResponse.ModelArchives.Binding;

/// <summary>Follows a slot back to the input that it comes from, as long as nothing but simple operations lies between.</summary>
internal sealed class SlotTracer(BoundModel model)
{
    private readonly Dictionary<BoundColumn, BoundStep> _makers =
        model.Steps.SelectMany(step => step.Outputs.Select(output => (output, step))).ToDictionary(item => item.output, item => item.step);

    /// <summary>The step that makes a column, or null for an input.</summary>
    public BoundStep? MakerOf(BoundColumn column) => _makers.GetValueOrDefault(column);

    /// <summary>Where a slot comes from; null if anything but simple operations is done on the way.</summary>
    public TracedSlot? Trace(BoundColumn column, int slot)
    {
        var operations = new List<SlotOperation>();

        while (column.InputIndex < 0)
        {
            if (MakerOf(column)?.SourceOf(slot) is not { } source)
                return null;
            if (source.Operation.Kind != SlotOperationKind.Copy)
                operations.Add(source.Operation);
            (column, slot) = (source.Column, source.Slot);
        }

        operations.Reverse();

        return new TracedSlot(column, slot, [.. operations]);
    }
}

/// <summary>An input's slot and what is done to it, in order.</summary>
internal readonly record struct TracedSlot(BoundColumn Input, int Slot, SlotOperation[] Operations);
