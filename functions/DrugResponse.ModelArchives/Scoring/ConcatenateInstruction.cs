namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Copies columns one after the other into a vector.</summary>
/// <remarks>
/// With N slots of which c come from explicit values (a scalar counts as one), the result is sparse if c is at most N/2,
/// else dense; a single vector is passed on as it is.
/// </remarks>
internal sealed class ConcatenateInstruction((ColumnSlots Source, int Offset)[] sources, ColumnSlots target, int fixedCount, bool isSingleVector) : RowInstruction
{
    public override void Run(RowState row)
    {
        switch (target.Kind)
        {
            case ValueKind.Single:
                Concatenate(row, row.Singles);
                break;
            case ValueKind.Double:
                Concatenate(row, row.Doubles);
                break;
            case ValueKind.Integer:
                Concatenate(row, row.Integers);
                break;
            default:
                Concatenate(row, row.Texts);
                break;
        }
    }

    private void Concatenate<T>(RowState row, T[] values)
    {
        if (target.IsTracked && IsSparse(row))
            CopySparse(row, values);
        else
            CopyDense(row, values);
    }

    private bool IsSparse(RowState row)
    {
        if (isSingleVector)
            return sources[0].Source.ExplicitCount(row) != RowState.Dense;

        var count = fixedCount;
        foreach (var (source, _) in sources)
            count += source.ExplicitCount(row) is var own && own == RowState.Dense ? source.Length : own;

        return count <= target.Length / 2;
    }

    private void CopyDense<T>(RowState row, T[] values)
    {
        foreach (var (source, offset) in sources)
        {
            if (source.Length == 1)
                values[target.Offset + offset] = values[source.Offset];
            else
                values.AsSpan(source.Offset, source.Length).CopyTo(values.AsSpan(target.Offset + offset, source.Length));
        }

        target.SetDense(row);
    }

    private void CopySparse<T>(RowState row, T[] values)
    {
        target.SetEmpty(row);
        var to = values.AsSpan(target.Offset, target.Length);
        var list = target.SlotList(row);
        var count = 0;

        foreach (var (source, offset) in sources)
        {
            var from = values.AsSpan(source.Offset, source.Length);

            if (source.ExplicitCount(row) == RowState.Dense)
            {
                for (var slot = 0; slot < from.Length; slot++)
                {
                    to[offset + slot] = from[slot];
                    list[count++] = offset + slot;
                }
            }
            else
            {
                foreach (var slot in source.ExplicitSlots(row))
                {
                    to[offset + slot] = from[slot];
                    list[count++] = offset + slot;
                }
            }
        }

        row.ExplicitCounts[target.Form] = count;
    }
}
