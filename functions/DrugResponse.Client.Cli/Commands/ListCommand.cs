using System.CommandLine;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>list</c>: the newest batches.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var service = new ServiceOptions();
        var command = new Command("list", "Show the newest batches.");
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result,
            async session =>
            {
                foreach (var batch in (await session.Api.ListBatchesAsync(cancellationToken: cancellationToken)).Batches)
                    await BatchReport.WriteAsync(session, batch);
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }
}
