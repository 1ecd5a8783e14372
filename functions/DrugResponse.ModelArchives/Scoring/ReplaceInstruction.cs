namespace DrugResponse.ModelArchives.Scoring;

/// <summary>Replaces NaN in columns of Single that lie together, each slot by its own number.</summary>
internal sealed class ReplaceInstruction(ColumnSlots source, ColumnSlots target, float[] replacements) : RowInstruction
{
    public override void Run(RowState row)
    {
        var from = row.Singles.AsSpan(source.Offset, replacements.Length);
        var to = row.Singles.AsSpan(target.Offset, replacements.Length);

        if (source.ExplicitCount(row) != RowState.Dense)
        {
            RunSparse(row, from, to);
            return;
        }

        for (var slot = 0; slot < to.Length && slot < from.Length && slot < replacements.Length; slot++)
            to[slot] = float.IsNaN(from[slot]) ? replacements[slot] : from[slot];
        target.SetDense(row);
    }

    public override RowInstruction? TryMerge(RowInstruction next)
    {
        // Untracked columns that follow one another in memory are one longer column.
        if (next is not ReplaceInstruction other || source.IsTracked || target.IsTracked || other.IsTracked)
            return null;

        return other.Follows(source.Offset + replacements.Length, target.Offset + replacements.Length)
            ? new ReplaceInstruction(source, target, [.. replacements, .. other.Replacements])
            : null;
    }

    private bool IsTracked => source.IsTracked || target.IsTracked;

    private float[] Replacements => replacements;

    private bool Follows(int sourceEnd, int targetEnd) => source.Offset == sourceEnd && target.Offset == targetEnd;

    private void RunSparse(RowState row, ReadOnlySpan<float> from, Span<float> to)
    {
        target.SetEmpty(row);
        var slots = source.ExplicitSlots(row);
        foreach (var slot in slots)
            to[slot] = float.IsNaN(from[slot]) ? replacements[slot] : from[slot];

        if (target.IsTracked)
        {
            slots.CopyTo(target.SlotList(row));
            row.ExplicitCounts[target.Form] = slots.Length;
        }
    }
}
