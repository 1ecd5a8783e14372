using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>The virtual cohort of one drug: its genes, population and generator. Patients are made on demand, always the same by number.</summary>
internal sealed class Cohort
{
    private readonly PatientGenerator _generator;
    private readonly string _name;
    private readonly int _seed;

    /// <summary>Makes a cohort.</summary>
    /// <param name="drug">The drug that all patients take.</param>
    /// <param name="population">Name of the population.</param>
    /// <param name="features">Features that are asked for: they say which genes are drawn.</param>
    /// <param name="seed">Seed of everything that is drawn.</param>
    /// <param name="shares">Shares of the ancestry groups; null for the usual ones.</param>
    public Cohort(string drug, string population, IEnumerable<Feature> features, int seed, IReadOnlyList<double>? shares = null)
    {
        Genes = [.. GeneSymbols(features).Select(VirtualGene.Of)];
        Profiles = new ProfileMaker(Genes);
        _generator = new PatientGenerator(Population.Of(population), drug, Genes, shares ?? Ancestries.DefaultShares);
        _name = $"{drug}/{population}";
        _seed = seed;
    }

    /// <summary>The genes that are drawn.</summary>
    public IReadOnlyList<VirtualGene> Genes { get; }

    /// <summary>Describes patients as requests do.</summary>
    public ProfileMaker Profiles { get; }

    /// <summary>Draws patients. The same purpose gives the same patients; another purpose gives others.</summary>
    /// <param name="purpose">What for: <c>training</c>, <c>validation</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="tilted">Whether rare alleles are drawn more often.</param>
    public IEnumerable<VirtualPatient> Draw(string purpose, int count, bool tilted = false)
    {
        var random = CohortRandom.For(_seed, $"{_name}/{purpose}");
        for (var n = 0; n < count; n++)
            yield return _generator.Draw(random, tilted);
    }

    /// <summary>Draws without end what callers leave out of patients.</summary>
    /// <param name="purpose">What for.</param>
    public IEnumerable<HiddenParts> DrawHidden(string purpose)
    {
        var random = CohortRandom.For(_seed, $"{_name}/{purpose}/hidden");
        while (true)
            yield return HiddenParts.Draw(random, Genes.Count);
    }

    private static IEnumerable<string> GeneSymbols(IEnumerable<Feature> features) => features
        .SelectMany(static feature => feature.Inputs)
        .Select(static input => input.Gene)
        .OfType<string>()
        .Where(static gene => gene != "CACNA1S")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);
}
