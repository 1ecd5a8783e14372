using System.Globalization;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>Waits for the end of a batch and shows how far it is.</summary>
internal static class BatchWait
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public static async Task<BatchStatus> UntilEndAsync(Session session, string batchId, CancellationToken cancellationToken)
    {
        BatchStatus? last = null;
        await foreach (var status in session.Api.WatchBatchAsync(batchId, LongestPause, cancellationToken: cancellationToken))
        {
            session.Display.Show("Scoring", status.Rows.Done, status.Rows.Total, "rows", Remark(status));
            last = status;
        }

        return last!;
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
