using System.CommandLine;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>summary</c>: what a batch says about its cohort, as JSON.</summary>
internal static class SummaryCommand
{
    public static Command Create()
    {
        var batch = new Argument<string>("batch") { Description = "The batch's id." };
        var service = new ServiceOptions();
        var command = new Command("summary", "Write the summary of a batch as JSON.") { batch };
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result,
            async session =>
            {
                await session.Output.WriteLineAsync(await session.Service.GetSummaryAsync(result.GetRequiredValue(batch), cancellationToken));
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }
}
