using DrugResponse.Prediction.Features;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Patients who lend what is not known about another: the genotype by a patient of the same ancestry, everything else by one of the same sex
/// and age band, as far as these are known. What is known all the same must agree: a reported phenotype, and whether medications inhibit
/// CYP2D6. Donors for reported phenotypes come from the tilted cohort too, where rare phenotypes are. Immutable.
/// </summary>
internal sealed class Donors
{
    private const int AgeBand = 10;
    private const int LeastDonors = 5;

    private readonly DonorPool _population;
    private readonly DonorPool _tilted;
    private readonly ILookup<(bool, int), int> _bySexAndAge;

    /// <summary>Makes donors of a cohort's population and training patients.</summary>
    public Donors(RiskEquation equation, DrugCohort cohort)
    {
        _population = new DonorPool(cohort.Population.Rows, new RiskTeacher(equation, cohort.Population));
        _tilted = new DonorPool(cohort.Training.Rows, new RiskTeacher(equation, cohort.Training));
        _bySexAndAge = Enumerable.Range(0, cohort.Population.Rows.Count).ToLookup(n => Band(cohort.Population.Rows[n].Subject));
    }

    /// <summary>Who can lend a genotype to a patient.</summary>
    /// <exception cref="InvalidOperationException">Nobody can.</exception>
    public DonorChoice Genotype(CohortRow row)
    {
        var isByPhenotype = row.Phenotypes.Index().Any(gene => row.Hidden.Of(gene.Index) == GeneKnowledge.Phenotype);
        var pool = isByPhenotype ? _tilted : _population;
        var choice = pool.Where(donor => IsOfAncestry(row, donor) && IsLike(row, donor));

        // A rare phenotype may be carried by nobody of a small group: then by somebody of another.
        return choice.Count >= LeastDonors ? choice : pool.Where(donor => IsLike(row, donor)) is { Count: > 0 } wider
            ? wider
            : throw new InvalidOperationException("No virtual patient can lend a genotype that agrees with what is known.");
    }

    /// <summary>Amounts of a donor of everything else.</summary>
    public double[] Clinic(CohortRow row, CohortRandom random)
    {
        if (!row.Hidden.Age && !row.Hidden.Sex && _bySexAndAge[Band(row.Subject)] is ICollection<int> { Count: > 0 } band)
            return _population.Amounts(band.ElementAt(random.Below(band.Count)));
        return _population.Amounts(random.Below(_population.Count));
    }

    private static bool IsOfAncestry(CohortRow row, CohortRow donor) => row.Hidden.Ancestry || row.Subject.Ancestry == donor.Subject.Ancestry;

    private static bool IsLike(CohortRow row, CohortRow donor)
    {
        if (!row.Hidden.Medications && row.Subject.Cyp2d6Inhibition != donor.Subject.Cyp2d6Inhibition)
            return false;
        for (var gene = 0; gene < row.Phenotypes.Count; gene++)
            if (row.Hidden.Of(gene) == GeneKnowledge.Phenotype && row.Phenotypes[gene] != donor.Phenotypes[gene])
                return false;
        return true;
    }

    private static (bool, int) Band(Subject subject) => (subject.Sex == Sex.Female, (int)(subject.Age / AgeBand));
}
