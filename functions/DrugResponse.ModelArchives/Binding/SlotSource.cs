namespace DrugResponse.ModelArchives.Binding;

/// <summary>A simple operation on a number.</summary>
internal enum SlotOperationKind
{
    Copy,

    /// <summary>NaN becomes <see cref="SlotOperation.First"/>.</summary>
    Replace,

    /// <summary>(x - <see cref="SlotOperation.First"/>) * <see cref="SlotOperation.Second"/>, -0 becoming 0.</summary>
    Scale,
}

/// <summary>A simple operation on a number, with its parameters.</summary>
internal readonly record struct SlotOperation(SlotOperationKind Kind, float First = 0, float Second = 0);

/// <summary>Where the value of a slot comes from, and what is done to it on the way.</summary>
internal readonly record struct SlotSource(BoundColumn Column, int Slot, SlotOperation Operation);
