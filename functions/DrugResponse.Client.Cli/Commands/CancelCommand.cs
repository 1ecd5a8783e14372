using System.CommandLine;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>cancel</c>: has a batch cancelled. What is done stays done.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var batch = new Argument<string>("batch") { Description = "The batch's id." };
        var service = new ServiceOptions();
        var command = new Command("cancel", "Have a batch cancelled; what is done stays done.") { batch };
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result,
            async session =>
            {
                await BatchReport.WriteAsync(session, await session.Service.CancelAsync(result.GetRequiredValue(batch), cancellationToken));
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }
}
