namespace DrugResponse.ModelArchives.Scoring;

/// <summary>One operation of a compiled model, with the places of its columns fixed. Immutable; safe from any thread.</summary>
internal abstract class RowInstruction
{
    public abstract void Run(RowState row);

    /// <summary>One instruction in place of this and the next one, if they can be joined.</summary>
    public virtual RowInstruction? TryMerge(RowInstruction next) => null;
}
