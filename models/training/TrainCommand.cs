using System.CommandLine;
using DrugResponse.Training.Warfarin;

namespace DrugResponse.Training;

/// <summary><c>train</c>: fits a drug's models to data, validates them, and writes archives, cards and the registry.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var drug = new Option<string>("--drug") { Description = "Drug whose models are trained.", Required = true };
        drug.AcceptOnlyFromAmong(WarfarinCards.Drug);
        var data = new Option<FileInfo>("--data") { Description = "Training data (CSV, UTF-8).", Required = true };
        data.AcceptExistingOnly();
        var folder = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder of registry.json, under which the models are written.",
            DefaultValueFactory = static _ => new DirectoryInfo("models"),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of folds, resamples and hidden parts. The same seed and data give the same bytes.",
            DefaultValueFactory = static _ => 1,
        };

        var command = new Command("train", "Fit, validate and write the models of a drug.") { drug, data, folder, seed };
        command.SetAction(result => Run(
            result.GetRequiredValue(data), result.GetRequiredValue(folder), result.GetRequiredValue(seed), result.InvocationConfiguration));
        return command;
    }

    private static int Run(FileInfo data, DirectoryInfo folder, int seed, InvocationConfiguration console)
    {
        try
        {
            using var text = data.OpenText();
            new WarfarinTraining(console.Output, TrainingEffort.Full, seed).Run(text, folder.FullName);
            return 0;
        }
        catch (DataFaultsException faults)
        {
            console.Error.WriteLine(faults.Message);
            return 1;
        }
    }
}
