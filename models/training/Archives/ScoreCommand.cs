using System.CommandLine;
using DrugResponse.ModelArchives;

namespace DrugResponse.Training.Archives;

/// <summary><c>score</c>: scores the rows of a CSV by an archive and writes the results as CSV.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var archive = new Argument<FileInfo>("model.zip") { Description = "The ML.NET model archive." };
        var rows = new Argument<FileInfo>("rows.csv")
        {
            Description = "Rows to score (UTF-8; header = input column names, Name.0, Name.1, … for a vector; an empty cell is a missing value).",
        };
        archive.AcceptExistingOnly();
        rows.AcceptExistingOnly();
        var command = new Command("score", "Score rows by an archive and write the results to standard output.") { archive, rows };
        command.SetAction(result => Run(result.GetRequiredValue(archive), result.GetRequiredValue(rows), result.InvocationConfiguration));
        return command;
    }

    private static int Run(FileInfo archive, FileInfo rows, InvocationConfiguration console)
    {
        try
        {
            var evaluator = ModelArchive.Read(File.ReadAllBytes(archive.FullName)).CompileOutputs();
            using var reader = rows.OpenText();
            new RowScoring(evaluator).Run(reader, console.Output);
            return 0;
        }
        catch (Exception refusal) when (refusal is ModelArchiveException or RowFaultException)
        {
            console.Error.WriteLine($"Refused: {refusal.Message}");
            return 1;
        }
    }
}
