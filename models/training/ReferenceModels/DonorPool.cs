using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Patients with the amounts of an equation's factors, to draw from by weight. Immutable.</summary>
internal sealed class DonorPool(IReadOnlyList<CohortRow> rows, RiskTeacher teacher)
{
    private readonly double[][] _amounts = [.. rows.Select(teacher.FullAmounts)];

    /// <summary>How many there are.</summary>
    public int Count => rows.Count;

    /// <summary>Amounts of a patient.</summary>
    public double[] Amounts(int position) => _amounts[position];

    /// <summary>Those of whom a condition holds.</summary>
    public DonorChoice Where(Func<CohortRow, bool> holds)
    {
        var (members, sums, sum) = (new List<double[]>(), new List<double>(), 0.0);
        for (var n = 0; n < rows.Count; n++)
        {
            if (!holds(rows[n]))
                continue;
            sum += rows[n].Weight;
            members.Add(_amounts[n]);
            sums.Add(sum);
        }

        return new DonorChoice(members, sums);
    }
}

/// <summary>Some donors. Immutable.</summary>
/// <param name="members">Amounts of each.</param>
/// <param name="sums">Weights of the members up to and including each.</param>
internal sealed class DonorChoice(List<double[]> members, List<double> sums)
{
    /// <summary>How many there are.</summary>
    public int Count => members.Count;

    /// <summary>Draws one by weight.</summary>
    public double[] Draw(CohortRandom random)
    {
        var at = sums.BinarySearch(random.Uniform() * sums[^1]);
        return members[Math.Min(at >= 0 ? at + 1 : ~at, members.Count - 1)];
    }
}
