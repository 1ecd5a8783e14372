using DrugResponse.Training.Additive;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Warfarin;

/// <summary>Predictions for subjects that the predicting model had not seen.</summary>
internal sealed record WarfarinValidation
{
    /// <summary>Fold of each subject in the first repeat, which all but <see cref="RepeatedDoses"/> rests on.</summary>
    public required int[] Folds { get; init; }

    /// <summary>Predicted dose in mg per week by repeat and subject.</summary>
    public required IReadOnlyList<double[]> RepeatedDoses { get; init; }

    /// <summary>Predicted dose by subject when the subject's whole block of accession numbers was left out.</summary>
    public required double[] BlockDoses { get; init; }

    /// <summary>Predicted square root of the dose by what is hidden, one array over subjects per stratum.</summary>
    public required IReadOnlyDictionary<Hidden, double[]> DoseScores { get; init; }

    /// <summary>Log-odds by endpoint and what is hidden.</summary>
    public required IReadOnlyDictionary<(string Endpoint, Hidden Hidden), double[]> LogOdds { get; init; }

    /// <summary>Cross-validates everything.</summary>
    public static WarfarinValidation Run(WarfarinData data, TrainingEffort effort, int seed, Action<string> progress)
    {
        var folds = Validation.Folds.Deal(data.Subjects.Count, effort.Folds, seed);
        var doseScores = WarfarinStrata.All.ToDictionary(static stratum => stratum, _ => new double[data.Subjects.Count]);
        var logOdds = Endpoints.SelectMany(static endpoint => Hiddens.Select(hidden => (endpoint.Key, hidden)))
            .ToDictionary(static key => key, _ => new double[data.Subjects.Count]);

        for (var fold = 0; fold < effort.Folds; fold++)
        {
            progress($"cross-validation, fold {fold + 1} of {effort.Folds}");
            var models = WarfarinModels.Fit(data, Keeping(folds, fold), seed + 1 + fold);
            foreach (var (stratum, scores) in doseScores)
                Fill(scores, WarfarinModels.DoseScores(models.Dose, data, stratum), folds, fold);
            foreach (var endpoint in Endpoints)
                foreach (var hidden in Hiddens)
                    Fill(logOdds[(endpoint.Key, hidden)], models.LogOdds(endpoint, data, hidden), folds, fold);
        }

        var first = Array.ConvertAll(doseScores[Hidden.Nothing], static score => score * score);
        var others = Enumerable.Range(1, effort.Repeats - 1).Select(repeat =>
        {
            progress($"cross-validation of the dose, repeat {repeat + 1} of {effort.Repeats}");
            return DosesOutOf(Validation.Folds.Deal(data.Subjects.Count, effort.Folds, seed + 1000 * repeat), data);
        });
        progress("leaving out one block of accession numbers at a time");
        return new WarfarinValidation
        {
            Folds = folds,
            DoseScores = doseScores,
            LogOdds = logOdds,
            RepeatedDoses = [first, .. others],
            BlockDoses = DosesOutOf(Validation.Folds.ByLabel([.. data.Subjects.Select(static subject => subject.Block)]), data),
        };
    }

    /// <summary>What is hidden when probabilities are validated.</summary>
    public static IReadOnlyList<Hidden> Hiddens { get; } = [Hidden.Nothing, Hidden.Vkorc1 | Hidden.Cyp2c9];

    public static IReadOnlyList<WarfarinEndpoint> Endpoints { get; } =
        [WarfarinEndpoint.StandardDoseSuffices, WarfarinEndpoint.StandardDoseOverdoses];

    private static double[] DosesOutOf(int[] folds, WarfarinData data)
    {
        var doses = new double[folds.Length];
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            var dose = WarfarinModels.FitDose(data, Keeping(folds, fold));
            Fill(doses, [.. WarfarinModels.DoseScores(dose, data, Hidden.Nothing).Select(static score => score * score)], folds, fold);
        }

        return doses;
    }

    private static double[] Keeping(int[] folds, int heldOut) => Array.ConvertAll(folds, fold => fold == heldOut ? 0.0 : 1.0);

    private static void Fill(double[] target, double[] source, int[] folds, int fold)
    {
        for (var subject = 0; subject < target.Length; subject++)
            if (folds[subject] == fold)
                target[subject] = source[subject];
    }
}
