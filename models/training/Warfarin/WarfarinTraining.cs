using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Plots;
using DrugResponse.Training.Publishing;

namespace DrugResponse.Training.Warfarin;

/// <summary>Trains, validates and publishes the three warfarin models.</summary>
internal sealed class WarfarinTraining(TextWriter output, TrainingEffort effort, int seed)
{
    private readonly string _doseMethod =
        $"Split-conformal over folds (cross-conformal): residuals of the square root of the dose from {effort.Folds}-fold "
        + "cross-validation, each predicted by a model that had not seen the subject, as fractions of the prediction; offsets are their "
        + "10 % and 90 % conformal order statistics. A stratum was sized on all subjects with just its features hidden; those who "
        + $"lacked them in truth count {WarfarinIntervals.TrulyMissingCount} times. The coverage stated with a stratum was measured with "
        + "offsets from the other folds. Coverage holds on average over patients like those of the cohort, not for every patient.";

    private readonly string _probabilityMethod =
        "The range of what the model would say if everything were known and it had been trained on other subjects: 5 % and 95 % "
        + $"quantiles, over subjects and over {effort.Refits} refits of the whole procedure to subjects resampled with replacement, of "
        + "the log-odds of the refit with everything known minus those of this model with the features of the stratum hidden; subjects "
        + $"who lacked them in truth count {WarfarinIntervals.TrulyMissingCount} times. The coverage stated with a stratum is the share "
        + $"of such differences, in each of {effort.Folds} folds of subjects, within offsets from the others. It is uncertainty about "
        + "the probability; the outcome itself is uncertain beyond it.";

    /// <summary>Runs everything.</summary>
    /// <param name="data">The cohort's file.</param>
    /// <param name="folder">Folder of the registry.</param>
    public void Run(TextReader data, string folder)
    {
        var cohort = Select(IwpcReader.Read(data));
        var validation = WarfarinValidation.Run(cohort, effort, seed, Progress);
        var refits = WarfarinIntervals.Refit(cohort, effort.Refits, seed, Progress);
        Progress("fitting the models to all subjects");
        var models = WarfarinModels.Fit(cohort, [.. cohort.Subjects.Select(static _ => 1.0)], seed);

        Progress("measuring");
        (ModelCard Card, AdditiveModel Model)[] trained =
        [
            (DoseCard(cohort, validation), models.Dose),
            (WarfarinCards.Suffices(
                cohort,
                Interval(WarfarinEndpoint.StandardDoseSuffices, cohort, validation, models, refits),
                EndpointMetrics.Measure(WarfarinEndpoint.StandardDoseSuffices, cohort, validation, seed)) with
            {
                Reliability = EndpointMetrics.Reliability(WarfarinEndpoint.StandardDoseSuffices, cohort, validation),
            }, models.Suffices),
            (WarfarinCards.Overdoses(
                cohort,
                Interval(WarfarinEndpoint.StandardDoseOverdoses, cohort, validation, models, refits),
                EndpointMetrics.Measure(WarfarinEndpoint.StandardDoseOverdoses, cohort, validation, seed)) with
            {
                Reliability = EndpointMetrics.Reliability(WarfarinEndpoint.StandardDoseOverdoses, cohort, validation),
            }, models.Overdoses),
        ];

        var publisher = new ModelPublisher(folder);
        foreach (var (card, model) in trained)
        {
            // Bleeding, not the dose that leads to it, is the adverse event of the drug; its model comes from the evidence tables.
            publisher.Publish(card, model, isPrimary: card.Kind != EndpointKind.Adverse, drawings: ModelDrawings.Of(card, model));
            TrainingReport.Write(output, card);
        }

        output.WriteLine();
        output.WriteLine($"Written to {folder}.");
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
            _doseMethod,
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

    private ModelInterval Interval(
        WarfarinEndpoint endpoint,
        WarfarinData cohort,
        WarfarinValidation validation,
        WarfarinModels models,
        IReadOnlyDictionary<string, IReadOnlyList<double[]>> refits) => new(
            WarfarinIntervals.ProbabilityLevel,
            _probabilityMethod,
            RelativeToScore: false,
            [
                .. WarfarinIntervals.ProbabilityDeviations(endpoint, cohort, models, refits[endpoint.Key])
                    .Select(each => each.ToInterval(WarfarinIntervals.ProbabilityLevel, validation.Folds)),
            ]);

    private void Progress(string step) => output.WriteLine($"... {step}");
}
