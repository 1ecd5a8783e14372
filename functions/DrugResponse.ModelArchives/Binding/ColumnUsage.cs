using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>Which columns, and which of their slots, some wanted columns depend on; found by walking the steps backwards.</summary>
internal sealed class ColumnUsage
{
    private readonly Dictionary<BoundColumn, Use> _uses = [];
    private readonly List<BoundStep> _steps = [];

    private ColumnUsage(IReadOnlyList<BoundStep> steps, IEnumerable<BoundColumn> wanted)
    {
        foreach (var column in wanted)
            UseOf(column).TakeAll();

        for (var index = steps.Count - 1; index >= 0; index--)
        {
            var step = steps[index];
            if (!step.Outputs.Any(IsUsed))
                continue;

            _steps.Add(step);
            Propagate(step);
        }

        _steps.Reverse();
    }

    /// <summary>The steps that are needed, in order.</summary>
    public IReadOnlyList<BoundStep> Steps => _steps;

    public static ColumnUsage Of(IReadOnlyList<BoundStep> steps, IEnumerable<BoundColumn> wanted) => new(steps, wanted);

    public bool IsUsed(BoundColumn column) => _uses.TryGetValue(column, out var use) && use.Any;

    /// <summary>Whether something that reads the column treats dense and sparse vectors differently.</summary>
    public bool FormMatters(BoundColumn column) => _uses.TryGetValue(column, out var use) && use.FormMatters;

    /// <summary>Whether every use of the column has a rule for missing values.</summary>
    public bool ToleratesMissing(BoundColumn column) =>
        column.Type is { IsReal: true } or { IsKey: true } or { Item: ColumnItemType.Text } && (!_uses.TryGetValue(column, out var use) || !use.MissingSpoils);

    private void Propagate(BoundStep step)
    {
        var formMatters = step.FormMatters || (step.Flow != SlotFlow.Whole && step.Outputs.Any(FormMatters));
        var spoils = step.Missing == MissingFlow.Spoils || (step.Missing == MissingFlow.PassedOn && step.Outputs.Any(output => _uses.TryGetValue(output, out var use) && use.MissingSpoils));

        switch (step.Flow)
        {
            case SlotFlow.SlotBySlot:
                UseOf(step.Inputs[0]).Take(_uses[step.Outputs[0]].Slots);
                break;
            case SlotFlow.Concatenated:
                PropagateConcatenation(step);
                break;
            default:
                PropagateWhole(step);
                break;
        }

        foreach (var input in step.Inputs)
        {
            if (!_uses.TryGetValue(input, out var use))
                continue;
            use.FormMatters |= formMatters;
            use.MissingSpoils |= spoils;
        }
    }

    private void PropagateWhole(BoundStep step)
    {
        if (step.Inputs.Count == 1)
        {
            var used = new bool[step.Inputs[0].Type.Slots];
            step.MarkUsed(used);
            UseOf(step.Inputs[0]).Take(used);
        }
        else
        {
            foreach (var input in step.Inputs)
                UseOf(input).TakeAll();
        }
    }

    private void PropagateConcatenation(BoundStep step)
    {
        var output = _uses[step.Outputs[0]];
        var offset = 0;

        foreach (var input in step.Inputs)
        {
            // How many slots of a sparse source are explicit decides the form of the result.
            if (input.MayBeSparse && output.FormMatters)
                UseOf(input).TakeAll();
            else if (output.Slots.AsSpan(offset, input.Type.Slots).Contains(true))
                UseOf(input).Take(output.Slots.AsSpan(offset, input.Type.Slots));
            offset += input.Type.Slots;
        }
    }

    private Use UseOf(BoundColumn column)
    {
        if (!_uses.TryGetValue(column, out var use))
            _uses.Add(column, use = new Use(column.Type.Slots));

        return use;
    }

    private sealed class Use(int slots)
    {
        public bool[] Slots { get; } = new bool[slots];

        public bool FormMatters { get; set; }

        public bool MissingSpoils { get; set; }

        public bool Any => Slots.AsSpan().Contains(true);

        public void TakeAll() => Slots.AsSpan().Fill(true);

        public void Take(ReadOnlySpan<bool> used)
        {
            for (var slot = 0; slot < used.Length; slot++)
                Slots[slot] |= used[slot];
        }
    }
}
