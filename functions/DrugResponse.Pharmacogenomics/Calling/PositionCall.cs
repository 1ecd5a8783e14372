namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>What a sample carries at one defining position: codes of bases, and how the two are phased.</summary>
/// <param name="IsCalled">Whether both copies (or the only one) were called.</param>
/// <param name="First">Code of the first copy's bases; <see cref="Undocumented"/> for bases that no definition knows.</param>
/// <param name="Second">Code of the second copy's bases; equal to <paramref name="First"/> for a single copy.</param>
/// <param name="IsSingleCopy">Whether the sample has one copy here.</param>
/// <param name="PhaseSet">Positions of the same set are phased with each other; <see cref="Unphased"/> for none.</param>
internal readonly record struct PositionCall(
    bool IsCalled, int First, int Second, bool IsSingleCopy = false, int PhaseSet = PositionCall.Unphased)
{
    /// <summary>The code of bases that no definition knows.</summary>
    public const int Undocumented = -1;

    /// <summary>The phase set of an unphased call.</summary>
    public const int Unphased = 0;

    /// <summary>The phase set of phased calls that name no set.</summary>
    public const int WholeSample = -1;

    public bool IsHeterozygous => IsCalled && First != Second;

    public bool IsUndocumented => IsCalled && (First == Undocumented || Second == Undocumented);

    /// <summary>The call with bases that no definition knows counted as reference.</summary>
    public PositionCall WithUndocumentedAsReference() => this with { First = Math.Max(First, 0), Second = Math.Max(Second, 0) };
}
