using System.CommandLine;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>status</c>: how far a batch is.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var batch = new Argument<string>("batch") { Description = "The batch's id." };
        var wait = new Option<bool>("--wait") { Description = "Wait for its end." };
        var service = new ServiceOptions();
        var command = new Command("status", "Show how far a batch is.") { batch, wait };
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result,
            session => RunAsync(session, result.GetRequiredValue(batch), result.GetValue(wait), cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string batchId, bool wait, CancellationToken cancellationToken)
    {
        var status = wait
            ? await BatchWait.UntilEndAsync(session, batchId, cancellationToken)
            : await session.Api.GetBatchAsync(batchId, cancellationToken);
        await BatchReport.WriteAsync(session, status);
        return BatchStates.IsFinal(status.State) ? ExitCodes.Of(status) : ExitCodes.Success;
    }
}
