namespace DrugResponse.ModelArchives.Scoring;

/// <summary>One operation of a compiled model, with the places of its columns fixed. Immutable; safe from any thread.</summary>
internal abstract class RowInstruction
{
    public abstract void Run(RowState row);
}
