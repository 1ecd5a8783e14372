using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Warfarin;

/// <summary>
/// The three models fitted to one set of subjects. The two that answer yes or no take the predicted dose as an input; they are
/// trained on predictions by dose models that had not seen the subject, as they will not have seen a new patient.
/// </summary>
internal sealed record WarfarinModels(AdditiveModel Dose, AdditiveModel Suffices, AdditiveModel Overdoses)
{
    private const int InnerFolds = 5;
    private static readonly HuberLoss DoseLoss = new(delta: 0.5);

    /// <summary>Fits all three.</summary>
    /// <param name="data">The cohort.</param>
    /// <param name="subjectWeights">Weight by subject; 0 leaves it out.</param>
    /// <param name="seed">Deals the inner folds.</param>
    public static WarfarinModels Fit(WarfarinData data, IReadOnlyList<double> subjectWeights, int seed)
    {
        var scores = OutOfFoldScores(data, subjectWeights, seed);
        return new WarfarinModels(
            FitDose(data, subjectWeights),
            FitEndpoint(WarfarinEndpoint.StandardDoseSuffices, data, subjectWeights, scores),
            FitEndpoint(WarfarinEndpoint.StandardDoseOverdoses, data, subjectWeights, scores));
    }

    /// <summary>Fits the dose model alone.</summary>
    public static AdditiveModel FitDose(WarfarinData data, IReadOnlyList<double> subjectWeights) =>
        AdditiveFit.Fit(WarfarinTerms.Dose, data.TrainingSet(data.ExampleDoseRows, Math.Sqrt, subjectWeights), DoseLoss);

    /// <summary>Log-odds of an endpoint for every subject without what is hidden.</summary>
    public double[] LogOdds(WarfarinEndpoint endpoint, WarfarinData data, Hidden hidden)
    {
        var model = endpoint == WarfarinEndpoint.StandardDoseSuffices ? Suffices : Overdoses;
        var doseScores = DoseScores(Dose, data, hidden);
        return [.. EndpointRows(endpoint, data.Profiles(hidden), doseScores).Select(row => model.Score(row))];
    }

    /// <summary>Predicted square root of the dose for every subject without what is hidden.</summary>
    public static double[] DoseScores(AdditiveModel dose, WarfarinData data, Hidden hidden) =>
        [.. data.DoseRows(hidden).Select(row => dose.Score(row))];

    /// <summary>Score of every example by a dose model that had not seen its subject.</summary>
    public static double[] OutOfFoldScores(WarfarinData data, IReadOnlyList<double> subjectWeights, int seed)
    {
        var folds = Folds.Deal(data.Subjects.Count, InnerFolds, seed);
        var scores = new double[data.Examples.Count];
        for (var fold = 0; fold < InnerFolds; fold++)
        {
            var dose = FitDose(data, [.. subjectWeights.Select((weight, subject) => folds[subject] == fold ? 0 : weight)]);
            for (var n = 0; n < scores.Length; n++)
                if (folds[data.Examples[n].Subject] == fold)
                    scores[n] = dose.Score(data.ExampleDoseRows[n]);
        }

        return scores;
    }

    private static AdditiveModel FitEndpoint(
        WarfarinEndpoint endpoint, WarfarinData data, IReadOnlyList<double> subjectWeights, double[] scores)
    {
        var rows = EndpointRows(endpoint, data.ExampleProfiles, scores);
        return AdditiveFit.Fit(
            endpoint.Terms, data.TrainingSet(rows, dose => endpoint.Holds(dose) ? 1 : 0, subjectWeights), new LogisticLoss());
    }

    private static List<float[]> EndpointRows(
        WarfarinEndpoint endpoint, IReadOnlyList<PatientProfile> profiles, IReadOnlyList<double> doseScores) =>
        FeatureRows.Of(endpoint.Terms.Select(static term => term.Feature), profiles, doseScores);
}
