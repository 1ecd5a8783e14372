using System.Globalization;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>What the cards of models that were trained on a virtual cohort say.</summary>
internal static class ReferenceCards
{
    /// <summary>Version of the reference models.</summary>
    public const string Version = "1.0.0";

    private const double Adult = 18;

    private const string IntervalMethod =
        "Two additive models give the squares of the distances from the score down and up to the ends, on the log-odds scale. They were fitted to 5 % and 95 % "
        + "quantiles of the true log-odds over simulated worlds (baseline and effects drawn from their intervals; standard error 0.3 where none is published, 0.5 for "
        + "assumed effects; baseline 0.2, derived 0.3, assumed 0.5) and over what was withheld, weighted by ancestry. A genotype that is withheld never gives a narrower "
        + "interval than a common result of it. It is uncertainty about the probability; the outcome itself is uncertain beyond it.";

    private static readonly string[] CommonLimits =
    [
        "Trained on a simulated cohort: it can never be better evidence than the published numbers it was made from, and was not validated in real patients.",
        "Discrimination and calibration were measured in simulated patients of the same equation; in real patients expect less.",
        "How often conditions, medications and measurements occur in the simulation is assumed; this weighs only what is not known about a patient.",
        "Ancestry groups are broad, and allele frequencies of a group that has none are borrowed from the nearest one.",
        "Not for deciding without the guideline and the clinical picture; not a medical device.",
    ];

    /// <summary>The card of an endpoint.</summary>
    public static ModelCard Of(EndpointModels models, DrugCohort cohort, RiskValidation? validation, IReadOnlyList<ModelMetric> metrics, IReadOnlyList<RiskRatioCheck> ratios)
    {
        var (equation, evidence) = (models.Equation, models.Equation.Evidence);
        return new ModelCard
        {
            Drug = evidence.Drug,
            Endpoint = evidence.Endpoint,
            Kind = evidence.Kind,
            Version = Version,
            Predicts = evidence.Predicts,
            ComparisonGroup = evidence.ComparisonGroup,
            Scale = "log-odds",
            Interval = new ModelInterval(EndpointModels.Level, IntervalMethod, RelativeToScore: false, []),
            TrainingRanges = Ranges(models, cohort),
            TrainedOn = TrainingBasis.VirtualCohort,
            TrainingData = TrainingData(evidence, cohort),
            SourceOutcome = evidence.Key,
            HasNoKnownEffects = equation.HasNoFactors,
            Coefficients = [Baseline(equation), .. equation.Factors.Select((factor, k) => Coefficient(factor, models.Central.Effects(0)[k], equation))],
            LeftOut = [.. evidence.Effects.Where(static row => row.LeftOut is not null).Select(LeftOut)],
            Metrics = [.. validation?.Metrics ?? [], .. metrics],
            Reliability = validation?.Reliability ?? [],
            RiskRatios = ratios,
            IntendedUse = IntendedUse(evidence),
            Limits = Limits(equation, validation),
        };
    }

    private static ModelTrainingData TrainingData(OutcomeEvidence evidence, DrugCohort cohort) => new(
        "Virtual cohort: patients drawn from published allele frequencies and stated population figures; their risks follow from a published rate and published "
        + "effects, which stand under coefficients with their sources.",
        $"Baseline: {evidence.Citation}. Effects: see coefficients.",
        cohort.Training.Rows.Count,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Population '{evidence.Population}'; every patient once in full and once with a random part withheld; rare alleles drawn more often and weighted back. The model learns each patient's expected risk, not a drawn event."));

    private static string IntendedUse(OutcomeEvidence evidence) =>
        $"To show a clinician or a trial's statistician how a patient's genotype, history and medications shift the published rate ({evidence.BaselinePopulation}; "
        + $"{evidence.FollowUp}), beside the guideline's action.";

    private static IReadOnlyList<string> Limits(RiskEquation equation, RiskValidation? validation)
    {
        var limits = new List<string>();
        if (equation.HasNoFactors)
            limits.Add("No factor that differs between patients is known to change this endpoint: the figure is the published rate for everybody.");
        var assumed = equation.Factors.Where(static factor => factor.Row.Basis == EvidenceBasis.Assumed).Select(static factor => factor.Row.Description).ToList();
        if (equation.Evidence.Basis == EvidenceBasis.Assumed)
            assumed.Insert(0, "the rate in the reference group");
        if (assumed.Count > 0)
            limits.Add($"Assumed, so that no claim may rest on it: {string.Join("; ", assumed)}.");
        if (validation is not null)
            limits.Add(validation.WorstGap);
        return [.. limits, .. CommonLimits];
    }

    private static RiskCoefficient Baseline(RiskEquation equation)
    {
        var evidence = equation.Evidence;
        return new RiskCoefficient(
            "baseline", $"{evidence.BaselinePopulation}; {evidence.FollowUp}; {evidence.Definition}", [], "risk", evidence.Baseline, null, null,
            Figures.Round(equation.Baseline.Value), Figures.Round(equation.Baseline.StandardError), Word(evidence.Basis), evidence.Citation, evidence.Pmid,
            evidence.BaselineNote);
    }

    private static RiskCoefficient Coefficient(RiskFactor factor, double used, RiskEquation equation)
    {
        var row = factor.Row;
        string?[] notes =
        [
            row.Term!.Feature is null ? "everybody here has it" : $"term: {row.Term.Text}",
            row.OnComplement ? "published for the opposite of the event" : null,
            row.Adjustment,
            Enlargement(factor, used),
            row.InStepWith is null ? null : $"drawn in proportion to {row.InStepWith}",
            row.Note,
        ];
        return new RiskCoefficient(
            row.Factor, row.Description, factor.Feature is { } feature ? [feature.Name] : [], row.PublishedMeasure, row.PublishedValue ?? row.Value,
            row.PublishedLow, row.PublishedHigh, Figures.Round((equation.IsAbsenceOfEvent ? -1 : 1) * used), Figures.Round(factor.Effect.StandardError),
            Word(row.Basis), row.Citation, row.Pmid, string.Join("; ", notes.OfType<string>()));
    }

    private static string? Enlargement(RiskFactor factor, double used)
    {
        if (Math.Abs(used - factor.Effect.Value) < 0.005)
            return null;
        var reason = MarginalEffects.IsAtMost(factor, used)
            ? "towards the published figure when averaged over the other factors, but by no more than 15 % or the published interval"
            : "so that the published figure comes back when averaged over the other factors";
        return string.Create(CultureInfo.InvariantCulture, $"enlarged from {Figures.Round(factor.Effect.Value)}, {reason}");
    }

    private static LeftOutEffect LeftOut(EffectRow row) =>
        new(row.Factor, Describe(row), row.LeftOut!, row.LeftOutWhere?.Feature, row.LeftOutWhere?.From, row.LeftOutWhere?.To);

    private static string Describe(EffectRow row) =>
        row.PublishedValue is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{row.Description}: {row.PublishedMeasure} {value} ({row.Citation})")
            : row.Description;

    private static string Word(EvidenceBasis basis) => basis.ToString().ToLowerInvariant();

    // Age is watched even where the model does not use it: a child is not what an adult cohort says anything about. So is sex where all
    // patients have one.
    private static SortedDictionary<string, FeatureRange> Ranges(EndpointModels models, DrugCohort cohort)
    {
        var ranges = new SortedDictionary<string, FeatureRange>(StringComparer.Ordinal);
        foreach (var (position, feature) in cohort.Training.Features.Index())
        {
            if (!models.Features.Contains(feature.Name) || feature.Unit is "flag" or "count" or "score" or "level" or "code")
                continue;
            var values = cohort.Training.Rows.Select(row => (double)row.Full[position]).Where(double.IsFinite).Order().ToList();
            ranges[feature.Name] = new FeatureRange(Figures.Round(values[values.Count / 500]), Figures.Round(values[^(values.Count / 500 + 1)]));
        }

        var least = models.Equation.Evidence.IsOfAdults ? Math.Max(cohort.Ages.Least, Adult) : cohort.Ages.Least;
        ranges["ageYears"] = new FeatureRange(least, cohort.Ages.Greatest);
        if (cohort.OnlySex is { } sex)
            ranges["male"] = sex == Sex.Male ? new FeatureRange(1, 1) : new FeatureRange(0, 0);
        return ranges;
    }
}
