using System.Globalization;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>Says in words how a batch is.</summary>
internal static class BatchReport
{
    public static async Task WriteAsync(Session session, BatchStatus status)
    {
        // Bars would go on to be drawn over what is written.
        await session.Display.DisposeAsync();
        var output = session.Output;
        var of = status.Rows.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : "";
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{status.BatchId} {status.State}: {status.Rows.Done}{of} rows done, {status.Rows.Failed} with errors"));
        if (status.Problem is { } problem)
            await ServiceOptions.WriteAsync(output, problem);
    }
}
