using DrugResponse.Prediction.Features;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// The virtual patients of one population for a drug's endpoints: those to learn from, those that stand for the population, and those kept
/// unseen. Made once and shared by the endpoints.
/// </summary>
internal sealed class DrugCohort
{
    /// <summary>Patients by whom the intercepts of drawn worlds are set.</summary>
    public const int WorldSample = 600;

    private readonly Cohort _cohort;
    private readonly int _seed;
    private readonly string _name;
    private readonly Lazy<CohortRows> _validation;
    private readonly Lazy<CohortRows> _rareUnseen;

    /// <summary>Draws the patients.</summary>
    /// <param name="drug">The drug.</param>
    /// <param name="population">Name of the population.</param>
    /// <param name="equations">The endpoints' equations.</param>
    /// <param name="scale">How many.</param>
    /// <param name="seed">Seed of everything.</param>
    /// <param name="shares">Shares of the ancestry groups; null for the usual ones.</param>
    public DrugCohort(
        string drug, string population, IReadOnlyList<RiskEquation> equations, TrainingScale scale, int seed, IReadOnlyList<double>? shares = null)
    {
        var features = Companions.With([.. equations.SelectMany(static equation => equation.Features).Distinct()]);
        if (features.Count == 0)
            features = Companions.With([FeatureNamed("ageYears")]);
        _cohort = new Cohort(drug, population, features, seed, shares);
        _seed = seed;
        _name = $"{drug}/{population}";
        Scale = scale;
        var drawn = VirtualCohort.Population.Of(population);
        Ages = (drawn.Age.Min, drawn.Age.Max);
        OnlySex = drawn.Female switch { 0 => Sex.Male, 1 => Sex.Female, _ => null };
        Training = CohortRows.Of(_cohort, _cohort.Draw("training", scale.Patients, tilted: true), _cohort.DrawHidden("training"), features);
        Population = CohortRows.Of(_cohort, _cohort.Draw("population", scale.Population), Everything(), features);
        _validation = new Lazy<CohortRows>(() => CohortRows.Of(
            _cohort,
            _cohort.Draw("validation", scale.Validation),
            _cohort.DrawHidden("validation").Index().Select(static each => each.Index % 2 == 0 ? HiddenParts.Nothing : each.Item),
            features));
        _rareUnseen = new Lazy<CohortRows>(() => CohortRows.Of(
            _cohort, _cohort.Draw("validation/rare", scale.RareUnseen, tilted: true), Everything(), features));
    }

    /// <summary>How much work is done.</summary>
    public TrainingScale Scale { get; }

    /// <summary>The genes that were drawn.</summary>
    public IReadOnlyList<VirtualGene> Genes => _cohort.Genes;

    /// <summary>Patients to learn from; rare alleles are drawn more often and count less.</summary>
    public CohortRows Training { get; }

    /// <summary>Patients as they are in the population, of whom everything is given.</summary>
    public CohortRows Population { get; }

    /// <summary>Unseen patients: of every second, everything is given; of the others, a part.</summary>
    public CohortRows Validation => _validation.Value;

    /// <summary>Unseen patients among whom rare alleles are drawn more often; everything is given.</summary>
    public CohortRows RareUnseen => _rareUnseen.Value;

    /// <summary>Least and greatest age of the population, years.</summary>
    public (double Least, double Greatest) Ages { get; }

    /// <summary>The sex of all patients; null where both occur.</summary>
    public Sex? OnlySex { get; }

    /// <summary>A stream of its own.</summary>
    public CohortRandom Random(string purpose) => CohortRandom.For(_seed, $"{_name}/{purpose}");

    /// <summary>Unseen patients of whom everything but one gene is given.</summary>
    /// <param name="gene">Position of the gene.</param>
    public CohortRows Withholding(int gene) => CohortRows.Of(
        _cohort,
        _cohort.Draw("validation", Scale.Withheld),
        Enumerable.Repeat(HiddenParts.Gene(gene, Genes.Count), Scale.Withheld),
        Validation.Features);

    private static IEnumerable<HiddenParts> Everything()
    {
        while (true)
            yield return HiddenParts.Nothing;
    }

    private static Prediction.Features.Feature FeatureNamed(string name) =>
        Prediction.Features.FeatureCatalogue.TryGet(name, out var feature) ? feature : throw new InvalidOperationException(name);
}
