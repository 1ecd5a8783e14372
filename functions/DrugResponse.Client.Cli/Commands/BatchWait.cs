using System.Globalization;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>Waits for the end of a batch and shows how far it is.</summary>
internal static class BatchWait
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public static async Task<BatchStatus> UntilEndAsync(Session session, string batchId, CancellationToken cancellationToken)
    {
        var pause = ShortestPause;
        while (true)
        {
            var status = await session.Service.GetStatusAsync(batchId, cancellationToken);
            session.Display.Show("Scoring", status.Rows.Done, status.Rows.Total, "rows", Remark(status));
            if (BatchStates.IsFinal(status.State))
                return status;
            await Task.Delay(pause, cancellationToken);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private static string? Remark(BatchStatus status) => status switch
    {
        { CancelRequested: true } => "being cancelled",
        { RowsPerSecond: { } rate, Rows.Failed: > 0 and var failed } =>
            string.Create(CultureInfo.InvariantCulture, $"{rate:0} rows/s, {failed} with errors"),
        { RowsPerSecond: { } rate } => string.Create(CultureInfo.InvariantCulture, $"{rate:0} rows/s"),
        _ => null,
    };
}
