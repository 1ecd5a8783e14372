using DrugResponse.Training.Additive;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Made-up patients for values that nobody in the cohort has, such as two copies of a very rare allele: the equation says what follows from
/// them, and without a row the model would take them for the nearest value that somebody has.
/// </summary>
internal static class UnseenValues
{
    // Enough to outweigh the penalty of a step; the row is without noise, so it bends nothing else.
    private const double Weight = 1;

    /// <summary>The cohort's rows, and one row per bin that none of them falls into: the first patient with that one value changed.</summary>
    /// <param name="terms">The terms whose bins are looked at.</param>
    /// <param name="cohort">The patients.</param>
    /// <param name="rows">Those of them that are learned from.</param>
    public static IReadOnlyList<CohortRow> With(IEnumerable<AdditiveTerm> terms, CohortRows cohort, IReadOnlyList<CohortRow> rows)
    {
        var all = new List<CohortRow>(rows);
        foreach (var term in terms)
        {
            var column = cohort.Columns([term.Feature])[0];
            var seen = rows.Select(row => term.BinOf(row.Full[column])).ToHashSet();
            for (var bin = 1; bin <= term.Cuts.Length + 1; bin++)
                if (!seen.Contains(bin) && ValueIn(term, bin, cohort.Features[column]) is { } value)
                    all.Add(Changed(rows[0], column, value));
        }

        return all;
    }

    // Null where no value of the feature lies in the bin.
    private static float? ValueIn(AdditiveTerm term, int bin, Prediction.Features.Feature feature)
    {
        var low = bin == 1 ? (float)feature.Min : MathF.BitIncrement(term.Cuts[bin - 2]);
        var high = bin > term.Cuts.Length ? (float)feature.Max : term.Cuts[bin - 1];
        (low, high) = (Math.Max(low, (float)feature.Min), Math.Min(high, (float)feature.Max));
        if (feature.IsWhole)
            (low, high) = (MathF.Ceiling(low), MathF.Ceiling(low) <= high ? MathF.Ceiling(low) : float.NegativeInfinity);
        return low <= high ? (low + high) / 2 : null;
    }

    private static CohortRow Changed(CohortRow row, int column, float value)
    {
        var full = (float[])row.Full.Clone();
        full[column] = value;
        return row with { Full = full, Given = full, Weight = Weight };
    }
}
