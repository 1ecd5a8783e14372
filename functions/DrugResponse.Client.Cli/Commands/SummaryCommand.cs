using System.CommandLine;
using System.Text.Json;
using DrugResponse.Contracts;

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
                var summary = await session.Api.GetBatchSummaryAsync(result.GetRequiredValue(batch), cancellationToken);
                await session.Output.WriteLineAsync(JsonSerializer.Serialize(summary, ContractsJsonContext.Wire.BatchSummary));
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }
}
