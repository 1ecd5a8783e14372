using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Patients of the population who lend what is not known about another: the genotype by a patient of the same ancestry, everything else by
/// one of the same sex and age band, as far as these are known. Immutable.
/// </summary>
internal sealed class Donors
{
    private const int MostTries = 400;
    private const int AgeBand = 10;

    private readonly IReadOnlyList<CohortRow> _rows;
    private readonly IReadOnlyList<double[]> _amounts;
    private readonly int[][] _byAncestry;
    private readonly ILookup<(bool, int), int> _bySexAndAge;
    private readonly int[] _all;

    /// <summary>Makes donors.</summary>
    /// <param name="rows">The patients, each counting once.</param>
    /// <param name="amounts">Amounts of the equation's factors in each.</param>
    public Donors(IReadOnlyList<CohortRow> rows, IReadOnlyList<double[]> amounts)
    {
        _rows = rows;
        _amounts = amounts;
        _all = [.. Enumerable.Range(0, rows.Count)];
        _byAncestry = [.. Enumerable.Range(0, Ancestries.All.Count).Select(group => _all.Where(n => rows[n].Subject.Ancestry == group).ToArray())];
        _bySexAndAge = _all.ToLookup(n => Band(rows[n].Subject));
    }

    /// <summary>Amounts of a donor of genotypes.</summary>
    public double[] Genotype(CohortRow row, CohortRandom random)
    {
        var pool = row.Hidden.Ancestry || _byAncestry[row.Subject.Ancestry].Length == 0 ? _all : _byAncestry[row.Subject.Ancestry];
        var donor = pool[random.Below(pool.Length)];
        for (var tries = 0; tries < MostTries && !IsLike(row, _rows[donor]); tries++)
            donor = pool[random.Below(pool.Length)];
        return _amounts[donor];
    }

    /// <summary>Amounts of a donor of everything else.</summary>
    public double[] Clinic(CohortRow row, CohortRandom random)
    {
        if (row.Hidden.Age || row.Hidden.Sex)
            return _amounts[_all[random.Below(_all.Length)]];
        var band = _bySexAndAge[Band(row.Subject)] as IList<int> ?? [.. _bySexAndAge[Band(row.Subject)]];
        return band.Count == 0 ? _amounts[_all[random.Below(_all.Length)]] : _amounts[band[random.Below(band.Count)]];
    }

    // What is known all the same must agree: a reported phenotype, and whether medications inhibit CYP2D6.
    private static bool IsLike(CohortRow row, CohortRow donor)
    {
        if (!row.Hidden.Medications && row.Subject.Cyp2d6Inhibition != donor.Subject.Cyp2d6Inhibition)
            return false;
        for (var gene = 0; gene < row.Phenotypes.Count; gene++)
            if (row.Hidden.Of(gene) == GeneKnowledge.Phenotype && row.Phenotypes[gene] != donor.Phenotypes[gene])
                return false;
        return true;
    }

    private static (bool, int) Band(Subject subject) => (subject.Sex == Prediction.Features.Sex.Female, (int)(subject.Age / AgeBand));
}
