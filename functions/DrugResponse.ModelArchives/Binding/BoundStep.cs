using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Binding;

/// <summary>How the slots of a step's outputs depend on those of its inputs.</summary>
internal enum SlotFlow
{
    /// <summary>Every output slot may depend on every input slot.</summary>
    Whole,

    /// <summary>Slot k of the output depends on slot k of the only input.</summary>
    SlotBySlot,

    /// <summary>The output is the inputs one after the other.</summary>
    Concatenated,
}

/// <summary>What becomes of a missing value.</summary>
internal enum MissingFlow
{
    /// <summary>It is missing in the output as well.</summary>
    PassedOn,

    /// <summary>The step has a rule for it.</summary>
    Absorbed,

    /// <summary>It spoils the result, or is taken for an ordinary value.</summary>
    Spoils,
}

/// <summary>One operation on the columns of a row, with its types settled.</summary>
internal abstract class BoundStep(ComponentIdentity component, IReadOnlyList<BoundColumn> inputs)
{
    public ComponentIdentity Component { get; } = component;

    public IReadOnlyList<BoundColumn> Inputs { get; } = inputs;

    public abstract IReadOnlyList<BoundColumn> Outputs { get; }

    public virtual SlotFlow Flow => SlotFlow.Whole;

    /// <summary>Whether the result depends on the input being dense or sparse, beyond handing the form on.</summary>
    public virtual bool FormMatters => false;

    public virtual MissingFlow Missing => MissingFlow.PassedOn;

    /// <summary>Marks the input slots that have an influence; only for a single input and <see cref="SlotFlow.Whole"/>.</summary>
    public virtual void MarkUsed(Span<bool> used) => used.Fill(true);

    /// <summary>For a step on columns of Single: where an output slot comes from, and what is done to it; null if that is no simple operation.</summary>
    public virtual SlotSource? SourceOf(int slot) => null;

    /// <summary>Makes the instruction, with the places of the columns fixed.</summary>
    public abstract RowInstruction Emit(RowLayout layout);
}
