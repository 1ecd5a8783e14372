using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Publishing;

namespace DrugResponse.Training.Warfarin;

/// <summary>Trains, validates and publishes the three warfarin models.</summary>
internal sealed class WarfarinTraining(TextWriter output, int seed)
{
    private const string DoseMethod =
        "Split-conformal over folds (cross-conformal): residuals of the square root of the dose from 10-fold cross-validation, each "
        + "predicted by a model that had not seen the subject, as fractions of the prediction; offsets are their 10 % and 90 % "
        + "conformal order statistics. A stratum was sized on all subjects with just its features hidden; those who lacked them in "
        + "truth count ten times. The coverage stated with a stratum was measured with offsets from the other nine folds. Coverage "
        + "holds on average over patients like the cohort's, not for every patient.";

    private const string ProbabilityMethod =
        "The range of what the model would say if everything were known and it had been trained on other subjects: 5 % and 95 % "
        + "quantiles, over subjects and over 40 refits of the whole procedure to subjects resampled with replacement, of the refit's "
        + "log-odds with everything known minus this model's log-odds with the stratum's features hidden. The coverage stated with a "
        + "stratum is the share of such differences, in each of ten folds of subjects, within offsets from the other nine. It is "
        + "uncertainty about the probability; the outcome itself is uncertain beyond it.";

    /// <summary>Runs everything.</summary>
    /// <param name="data">The cohort's file.</param>
    /// <param name="folder">Folder of the registry.</param>
    public void Run(TextReader data, string folder)
    {
        var cohort = Select(IwpcReader.Read(data));
        var validation = WarfarinValidation.Run(cohort, seed, Progress);
        var refits = WarfarinIntervals.Refit(cohort, seed, Progress);
        Progress("fitting the models to all subjects");
        var models = WarfarinModels.Fit(cohort, [.. cohort.Subjects.Select(static _ => 1.0)], seed);

        Progress("measuring");
        var dose = DoseCard(cohort, validation);
        var suffices = WarfarinCards.Suffices(
            cohort,
            Interval(WarfarinEndpoint.StandardDoseSuffices, cohort, validation, models, refits),
            EndpointMetrics.Measure(WarfarinEndpoint.StandardDoseSuffices, cohort, validation, seed));
        var overdoses = WarfarinCards.Overdoses(
            cohort,
            Interval(WarfarinEndpoint.StandardDoseOverdoses, cohort, validation, models, refits),
            EndpointMetrics.Measure(WarfarinEndpoint.StandardDoseOverdoses, cohort, validation, seed));

        var publisher = new ModelPublisher(folder);
        publisher.Publish(dose, models.Dose, isPrimary: true);
        publisher.Publish(suffices, models.Suffices, isPrimary: true);
        publisher.Publish(overdoses, models.Overdoses, isPrimary: true);
        foreach (var card in new[] { dose, suffices, overdoses })
            TrainingReport.Write(output, card);
        output.WriteLine($"Written to {folder}: {string.Join(", ", new[] { dose, suffices, overdoses }.Select(static card => $"{card.Drug}/{card.Endpoint} {card.Version}"))}");
    }

    private WarfarinData Select(List<IwpcSubject> all)
    {
        var stable = all.Where(static subject => subject is { ReachedStableDose: true, WeeklyDose: not null }).ToList();
        var selected = stable.Where(static subject => subject.UsualTarget).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Count} subjects read, {stable.Count} of them with a stable dose, {selected.Count} of those at a target INR of 2 to 3."));
        return new WarfarinData(selected, seed);
    }

    private ModelCard DoseCard(WarfarinData cohort, WarfarinValidation validation)
    {
        var deviations = WarfarinIntervals.DoseDeviations(cohort, validation);
        var interval = new ModelInterval(
            WarfarinIntervals.DoseLevel,
            DoseMethod,
            RelativeToScore: true,
            [.. deviations.Select(each => each.ToInterval(WarfarinIntervals.DoseLevel, validation.Folds))]);
        return WarfarinCards.Dose(
            cohort, interval, DoseMetrics.Measure(cohort, validation, AsKnown(cohort, validation, deviations), seed));
    }

    // Each subject once, in the stratum of what is in truth missing; a subject's repeats all have the same deviation.
    private static List<(int Subject, bool IsCovered)> AsKnown(
        WarfarinData cohort, WarfarinValidation validation, IReadOnlyList<StratumDeviations> deviations)
    {
        var own = WarfarinStrata.Of(cohort, Hidden.Nothing);
        return
        [
            .. deviations.SelectMany(each => each.Covered(WarfarinIntervals.DoseLevel, validation.Folds)
                .Where(covered => own[covered.Subject] == each.Stratum)
                .DistinctBy(static covered => covered.Subject)),
        ];
    }

    private static ModelInterval Interval(
        WarfarinEndpoint endpoint,
        WarfarinData cohort,
        WarfarinValidation validation,
        WarfarinModels models,
        IReadOnlyDictionary<string, IReadOnlyList<double[]>> refits) => new(
            WarfarinIntervals.ProbabilityLevel,
            ProbabilityMethod,
            RelativeToScore: false,
            [
                .. WarfarinIntervals.ProbabilityDeviations(endpoint, cohort, models, refits[endpoint.Key])
                    .Select(each => each.ToInterval(WarfarinIntervals.ProbabilityLevel, validation.Folds)),
            ]);

    private void Progress(string step) => output.WriteLine($"... {step}");
}
