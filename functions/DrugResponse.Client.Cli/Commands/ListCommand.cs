using System.CommandLine;
using System.Globalization;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>list</c>: all batches, newest first, as a table whose columns are separated by tabs.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var service = new ServiceOptions();
        var command = new Command(
            "list", "Show all batches, newest first: id, name, state, rows done of all, and when it was sent (UTC), separated by tabs.");
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result, session => RunAsync(session, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var page = await session.Api.ListBatchesAsync(cancellationToken: cancellationToken);
        // Bars would go on to be drawn over what is written.
        await session.Display.DisposeAsync();
        await session.Output.WriteLineAsync("BATCH\tNAME\tSTATE\tROWS\tCREATED");
        while (true)
        {
            foreach (var batch in page.Batches)
                await session.Output.WriteLineAsync(Describe(batch));
            if (page.After is not { } after)
                return ExitCodes.Success;
            page = await session.Api.ListBatchesAsync(after, cancellationToken);
        }
    }

    private static string Describe(BatchStatus batch)
    {
        var name = string.Concat((batch.Name ?? "").Select(static letter => char.IsControl(letter) ? ' ' : letter));
        var total = batch.Rows.Total?.ToString(CultureInfo.InvariantCulture) ?? "?";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{batch.BatchId}\t{name}\t{batch.State}\t{batch.Rows.Done}/{total}\t{batch.CreatedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
    }
}
