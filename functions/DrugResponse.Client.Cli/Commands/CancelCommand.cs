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
                var status = await session.Api.CancelBatchAsync(result.GetRequiredValue(batch), cancellationToken);
                await BatchReport.WriteAsync(session, status);
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }
}
