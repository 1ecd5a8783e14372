using System.CommandLine;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class CliRoot
{
    public static RootCommand Create() => new("Sends cohorts of patients to DrugResponse and brings their results back.")
    {
        SubmitCommand.Create(),
        StatusCommand.Create(),
        ListCommand.Create(),
        ResultsCommand.Create(),
        SummaryCommand.Create(),
        CancelCommand.Create(),
    };
}
