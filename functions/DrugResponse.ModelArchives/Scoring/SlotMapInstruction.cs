namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Computes every slot from the same slot of another column.</summary>
/// <remarks>Implicit slots of a sparse vector stay implicit, unless they are to be mapped like any other value.</remarks>
internal sealed class SlotMapInstruction<TSource, TTarget>(ColumnSlots source, ColumnSlots target, Func<int, TSource, TTarget> map, bool mapsImplicit) : RowInstruction
{
    public override void Run(RowState row)
    {
        var from = source.Values<TSource>(row);
        var to = target.Values<TTarget>(row);

        if (mapsImplicit || source.ExplicitCount(row) == RowState.Dense)
        {
            for (var slot = 0; slot < from.Length; slot++)
                to[slot] = map(slot, from[slot]);

            target.SetDense(row);
            return;
        }

        target.SetEmpty(row);
        var slots = source.ExplicitSlots(row);
        foreach (var slot in slots)
            to[slot] = map(slot, from[slot]);

        if (target.IsTracked)
        {
            slots.CopyTo(target.SlotList(row));
            row.ExplicitCounts[target.Form] = slots.Length;
        }
    }
}
