namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Copies a column with its form.</summary>
internal sealed class CopyInstruction(ColumnSlots source, ColumnSlots target) : RowInstruction
{
    public override void Run(RowState row)
    {
        switch (source.Kind)
        {
            case ValueKind.Single:
                Copy(row, row.Singles);
                break;
            case ValueKind.Double:
                Copy(row, row.Doubles);
                break;
            case ValueKind.Integer:
                Copy(row, row.Integers);
                break;
            default:
                Copy(row, row.Texts);
                break;
        }
    }

    private void Copy<T>(RowState row, T[] values)
    {
        var from = values.AsSpan(source.Offset, source.Length);
        var to = values.AsSpan(target.Offset, target.Length);

        if (!target.IsTracked || source.ExplicitCount(row) == RowState.Dense)
        {
            from.CopyTo(to);
            target.SetDense(row);
            return;
        }

        target.SetEmpty(row);
        var slots = source.ExplicitSlots(row);
        foreach (var slot in slots)
            to[slot] = from[slot];

        slots.CopyTo(target.SlotList(row));
        row.ExplicitCounts[target.Form] = slots.Length;
    }
}
