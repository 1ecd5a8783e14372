using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Prediction.Features;
using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>
/// Draws the patients of a population. Conditions follow age and sex, medications follow conditions, genotypes follow ancestry.
/// Deterministic by stream; safe from any number of threads with a stream each.
/// </summary>
internal sealed class PatientGenerator
{
    // A past event that hardly anybody had is drawn more often in a tilted cohort, like a rare allele.
    private const double LeastTiltedEvent = 0.01;

    private static readonly string[] OneOfEach = [MedicationNames.Statin, MedicationNames.SsriOrSnri, MedicationNames.ProtonPumpInhibitor];
    private static readonly string[] Antidepressants = ["sertraline", "citalopram", "fluoxetine", "venlafaxine", "mirtazapine"];
    private static readonly string[] Antiepileptics = ["lamotrigine", "levetiracetam", "topiramate"];
    private static readonly string[] Stimulants = ["methylphenidate"];

    private readonly Population _population;
    private readonly IReadOnlyList<VirtualGene> _genes;
    private readonly IReadOnlySet<string> _ownNames;
    private readonly double[] _shares;

    /// <summary>Makes a generator.</summary>
    /// <param name="population">The population.</param>
    /// <param name="drug">The drug that all of them take; never one of their other medications.</param>
    /// <param name="genes">Genes to draw.</param>
    /// <param name="shares">Shares of the ancestry groups, in the order of <see cref="Ancestries.All"/>; need not add up to 1.</param>
    public PatientGenerator(Population population, string drug, IReadOnlyList<VirtualGene> genes, IReadOnlyList<double> shares)
    {
        _population = population;
        _genes = genes;
        _ownNames = new HashSet<string>(StringComparer.Ordinal) { drug };
        _shares = [.. shares.Select(share => share / shares.Sum())];
    }

    /// <summary>Draws one patient.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="tilted">Whether rare alleles are drawn more often; the weighting makes up for it.</param>
    public VirtualPatient Draw(CohortRandom random, bool tilted = false)
    {
        var ancestry = DrawAncestry(random);
        var sex = random.Chance(_population.Female) ? Sex.Female : Sex.Male;
        var age = DrawAge(random);
        var (height, weight) = DrawBody(random, age, sex);
        var conditions = DrawConditions(random, age, sex, ancestry);
        var weighting = 1.0;
        var calls = DrawGenes(random, ancestry, sex, tilted, ref weighting);
        var outcomes = DrawOutcomes(random, tilted, ref weighting);
        return new VirtualPatient
        {
            Ancestry = ancestry,
            Age = age,
            Sex = sex,
            Height = height,
            Weight = weight,
            EGfr = DrawEGfr(random, age, conditions),
            Smoker = age >= 15 && random.Chance(age < 65 ? 0.22 : 0.1),
            Conditions = conditions,
            Medications = DrawMedications(random, conditions),
            Measurements = DrawMeasurements(random, calls),
            Doses = DrawDoses(random),
            Outcomes = outcomes,
            Calls = calls,
            Weighting = weighting,
        };
    }

    private int DrawAncestry(CohortRandom random)
    {
        var at = random.Uniform();
        for (var i = 0; i < _shares.Length; i++)
        {
            at -= _shares[i];
            if (at < 0)
                return i;
        }

        return Array.FindLastIndex(_shares, static share => share > 0);
    }

    private double DrawAge(CohortRandom random)
    {
        var (mean, sd, min, max) = _population.Age;
        while (true)
        {
            var age = mean + sd * random.Normal();
            if (age >= min && age <= max)
                return Math.Round(age, 1);
        }
    }

    // Adults by usual means and spreads; children along a straight line of growth, near enough for doses and body surface.
    private static (double Height, double Weight) DrawBody(CohortRandom random, double age, Sex sex)
    {
        var adult = sex == Sex.Female ? 162.0 : 175.5;
        var grown = age >= 17 ? adult : 75 + (adult - 75) * Math.Max(age, 1) / 17;
        var height = Math.Round(Math.Clamp(grown * (1 + 0.04 * random.Normal()), 60, 215), 1);
        var bodyMass = age >= 17 ? 26.5 * Math.Exp(0.18 * random.Normal()) : (15 + 0.45 * age) * Math.Exp(0.12 * random.Normal());
        return (height, Math.Round(Math.Clamp(bodyMass * height * height / 10_000, 5, 220), 1));
    }

    private static double DrawEGfr(CohortRandom random, double age, HashSet<string> conditions)
    {
        var mean = age < 30 ? 108 : 108 - 0.75 * (age - 30);
        if (conditions.Contains(ConditionNames.DiabetesMellitus))
            mean -= 6;
        if (conditions.Contains(ConditionNames.HeartFailure))
            mean -= 10;
        return Math.Round(Math.Clamp(mean + 16 * random.Normal(), 6, 145), 0);
    }

    private HashSet<string> DrawConditions(CohortRandom random, double age, Sex sex, int ancestry)
    {
        var conditions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, atSixty, perDecade, women) in _population.Conditions)
        {
            var logit = EffectScale.Logit(atSixty) + perDecade * (age - 60) / 10 + (sex == Sex.Female ? women : 0);
            if (random.Chance(EffectScale.Probability(logit)))
                conditions.Add(name);
        }

        if (random.Chance(FactorVLeiden.Value[ancestry]))
            conditions.Add(ConditionNames.FactorVLeiden);
        return conditions;
    }

    private static readonly Lazy<double[]> FactorVLeiden = new(() => AlleleFrequencies.OfEntry("F5", "Leiden (rs6025)"));

    private HashSet<string> DrawMedications(CohortRandom random, HashSet<string> conditions)
    {
        var medications = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (names, share, given, shareGiven) in _population.Medications)
        {
            var isTaken = random.Chance(given is not null && conditions.Contains(given) ? shareGiven : share);
            if (isTaken && !_ownNames.Overlaps(names) && !IsSecondOfClass(names, medications))
                medications.UnionWith(names);
        }

        return medications;
    }

    // Nobody takes two statins, two such antidepressants or two acid blockers.
    private static bool IsSecondOfClass(IReadOnlyList<string> names, HashSet<string> medications)
    {
        foreach (var drugClass in OneOfEach)
        {
            var members = MedicationNames.Members[drugClass];
            if (members.Overlaps(names) && members.Overlaps(medications))
                return true;
        }

        return false;
    }

    private Dictionary<string, double> DrawMeasurements(CohortRandom random, GeneCall[] calls)
    {
        var measurements = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, median, logSd, min, max) in _population.Measurements)
        {
            var shift = name == MeasurementNames.VoriconazoleTrough ? TroughShift(calls) : 1;
            measurements[name] = Math.Clamp(shift * median * Math.Exp(logSd * random.Normal()), min, max);
        }

        return measurements;
    }

    // Mean troughs differ from a normal metabolizer's, about 2 mg/L, by +1.59 (poor), +0.82 (intermediate) and -0.87 mg/L (rapid and
    // ultrarapid): meta-analysis of CYP2C19 and voriconazole trough, 2021, as the evidence table has it.
    private double TroughShift(GeneCall[] calls)
    {
        var phenotype = _genes.Zip(calls).FirstOrDefault(static pair => pair.First.Symbol == "CYP2C19").Second?.Phenotype ?? "";
        const double Normal = 2;
        return phenotype.Contains("Poor", StringComparison.Ordinal) ? (Normal + 1.59) / Normal
            : phenotype.Contains("Intermediate", StringComparison.Ordinal) ? (Normal + 0.82) / Normal
            : phenotype.Contains("apid", StringComparison.Ordinal) ? (Normal - 0.87) / Normal
            : 1;
    }

    private Dictionary<string, double> DrawDoses(CohortRandom random)
    {
        var doses = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (drug, shares) in _population.Doses)
        {
            var at = random.Uniform() * shares.Sum(static each => each.Share);
            doses[drug] = shares[^1].Dose;
            foreach (var (dose, share) in shares)
            {
                at -= share;
                if (at >= 0)
                    continue;
                doses[drug] = dose;
                break;
            }
        }

        return doses;
    }

    private List<MedicationOutcome> DrawOutcomes(CohortRandom random, bool tilted, ref double weighting)
    {
        var outcomes = new List<MedicationOutcome>();
        foreach (var (drugClass, one, two) in _population.Failures)
        {
            var at = random.Uniform();
            var failed = at < two ? 2 : at < two + one ? 1 : 0;
            outcomes.AddRange(DrugsOf(drugClass).Take(failed).Select(static drug => Outcome(drug, MedicationOutcomeKind.NoResponse, null)));
        }

        foreach (var (drugClass, share, name) in _population.Events)
        {
            var drawn = tilted ? Math.Max(share, LeastTiltedEvent) : share;
            var happened = random.Chance(drawn);
            weighting *= happened ? share / drawn : (1 - share) / (1 - drawn);
            if (happened)
                outcomes.Add(Outcome(AllOf(drugClass)[0], MedicationOutcomeKind.AdverseEvent, name));
        }

        return outcomes;
    }

    // A drug that failed is not given again; one that harmed once may be asked about.
    private string[] DrugsOf(string drugClass) => [.. AllOf(drugClass).Where(drug => !_ownNames.Contains(drug))];

    private static string[] AllOf(string drugClass) => drugClass switch
    {
        "antidepressant" => Antidepressants,
        "antiepileptic" => Antiepileptics,
        "stimulant" => Stimulants,
        "volatile anaesthetic" => ["sevoflurane"],
        _ => throw new InvalidDataException($"Table populations: no drugs are named for the class '{drugClass}'."),
    };

    private static MedicationOutcome Outcome(string drug, MedicationOutcomeKind kind, string? name)
    {
        if (SubstanceCatalogue.Default.FindByName(drug) is null)
            throw new InvalidDataException($"{drug} is not known to the medication tables.");
        return new MedicationOutcome(MedicationNames.WithClasses([drug]), kind, name);
    }

    private GeneCall[] DrawGenes(CohortRandom random, int ancestry, Sex sex, bool tilted, ref double weighting)
    {
        var calls = new GeneCall[_genes.Count];
        for (var i = 0; i < calls.Length; i++)
        {
            var gene = _genes[i];
            var (first, second) = gene.Draw(random, ancestry, gene.IsXLinked && sex == Sex.Male, tilted, ref weighting);
            calls[i] = gene.Call(first, second);
        }

        return calls;
    }
}
