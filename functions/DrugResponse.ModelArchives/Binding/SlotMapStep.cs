using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>What becomes of the implicit slots of a sparse vector.</summary>
internal enum ImplicitSlots
{
    /// <summary>They stay implicit, and the function would leave them at the default as well.</summary>
    StayDefault,

    /// <summary>They stay implicit, although the function makes something else of an explicit default.</summary>
    StayApart,

    /// <summary>They are mapped like explicit ones.</summary>
    Mapped,
}

/// <summary>A step that computes every slot from the same slot of one column.</summary>
internal sealed class SlotMapStep : BoundStep
{
    private readonly BoundColumn _output;
    private readonly Func<ColumnSlots, ColumnSlots, RowInstruction> _emit;

    private SlotMapStep(
        ComponentIdentity component, BoundColumn input, BoundColumn output, MissingFlow missing, bool formMatters, Func<ColumnSlots, ColumnSlots, RowInstruction> emit)
        : base(component, [input])
    {
        _output = output;
        _emit = emit;
        Missing = missing;
        FormMatters = formMatters;
    }

    public override IReadOnlyList<BoundColumn> Outputs => [_output];

    public override SlotFlow Flow => SlotFlow.SlotBySlot;

    public override MissingFlow Missing { get; }

    public override bool FormMatters { get; }

    /// <param name="component">The component, for messages.</param>
    /// <param name="input">The column read.</param>
    /// <param name="output">The column made; it has as many slots.</param>
    /// <param name="map">The function of slot and value.</param>
    /// <param name="missing">What becomes of a missing value.</param>
    /// <param name="implicitSlots">What becomes of the implicit slots of a sparse vector.</param>
    public static SlotMapStep Of<TSource, TTarget>(
        ComponentIdentity component,
        BoundColumn input,
        BoundColumn output,
        Func<int, TSource, TTarget> map,
        MissingFlow missing = MissingFlow.PassedOn,
        ImplicitSlots implicitSlots = ImplicitSlots.StayDefault) =>
        new(
            component,
            input,
            output,
            missing,
            implicitSlots == ImplicitSlots.StayApart && input.MayBeSparse,
            (source, target) => new SlotMapInstruction<TSource, TTarget>(source, target, map, implicitSlots == ImplicitSlots.Mapped));

    /// <summary>A step with an instruction of its own.</summary>
    public static SlotMapStep Of(
        ComponentIdentity component,
        BoundColumn input,
        BoundColumn output,
        Func<ColumnSlots, ColumnSlots, RowInstruction> emit,
        MissingFlow missing = MissingFlow.PassedOn,
        bool formMatters = false,
        Func<int, SlotOperation>? operation = null) =>
        new(component, input, output, missing, formMatters && input.MayBeSparse, emit) { Operation = operation };

    /// <summary>What the step does to the values of a slot of Single, if it is a simple operation.</summary>
    public Func<int, SlotOperation>? Operation { get; init; }

    public override SlotSource? SourceOf(int slot) => Operation is null ? null : new SlotSource(Inputs[0], slot, Operation(slot));

    public override RowInstruction Emit(RowLayout layout) => _emit(layout.Find(Inputs[0]), layout.Find(_output));
}
