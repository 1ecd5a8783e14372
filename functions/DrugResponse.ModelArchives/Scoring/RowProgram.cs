using DrugResponse.ModelArchives.Binding;

namespace DrugResponse.ModelArchives.Scoring;

/// <summary>A model compiled to a list of instructions over flat arrays. Immutable; every thread works on a state of its own.</summary>
internal sealed class RowProgram
{
    private readonly RowInstruction[] _instructions;
    private readonly RowLayout _layout;
    private readonly RowStateCache _states;

    private RowProgram(RowInstruction[] instructions, RowLayout layout, InputLayout inputs)
    {
        _instructions = instructions;
        _layout = layout;
        _states = new RowStateCache(layout.NewState);
        Inputs = inputs;
    }

    public InputLayout Inputs { get; }

    /// <summary>Compiles what the wanted columns depend on.</summary>
    public static RowProgram Compile(BoundModel model, IEnumerable<BoundColumn> wanted)
    {
        var columns = wanted.ToArray();
        var usage = ColumnUsage.Of(model.Steps, columns);
        var layout = new RowLayout();
        var inputs = model.Inputs.Where(usage.IsUsed).ToArray();
        var places = Array.ConvertAll(inputs, input => layout.Place(input, usage.FormMatters(input)));

        foreach (var output in usage.Steps.SelectMany(step => step.Outputs))
            layout.Place(output, usage.FormMatters(output));

        return new RowProgram(
            Merge(usage.Steps.Select(step => step.Emit(layout))),
            layout,
            new InputLayout(Array.ConvertAll(inputs, input => BoundModel.Describe(input, usage)), places));
    }

    private static RowInstruction[] Merge(IEnumerable<RowInstruction> instructions)
    {
        var merged = new List<RowInstruction>();

        foreach (var instruction in instructions)
        {
            if (merged.Count != 0 && merged[^1].TryMerge(instruction) is { } joined)
                merged[^1] = joined;
            else
                merged.Add(instruction);
        }

        return [.. merged];
    }

    public ColumnSlots Find(BoundColumn column) => _layout.Find(column);

    public ColumnSlots? TryFind(BoundColumn column) => _layout.TryFind(column);

    /// <summary>The calling thread's state, to be filled with the inputs of a row.</summary>
    public RowState State => _states.Current;

    public void Run(RowState row)
    {
        foreach (var instruction in _instructions)
            instruction.Run(row);
    }

    /// <summary>Runs what comes before the prediction.</summary>
    public void RunFeatures(RowState row)
    {
        foreach (var instruction in _instructions)
        {
            if (instruction is ScoreInstruction or BinaryInstruction)
                return;
            instruction.Run(row);
        }
    }
}
