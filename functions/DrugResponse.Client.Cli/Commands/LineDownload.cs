namespace DrugResponse.Client.Cli.Commands;

/// <summary>Reads results or errors of a batch that has ended into a file, and shows how much is read.</summary>
internal static class LineDownload
{
    public static Task ReadResultsAsync(Session session, string batchId, string format, string path, CancellationToken cancellationToken) =>
        ReadAsync(session, "results", path, read => session.Api.DownloadBatchResultsAsync(batchId, path, format, read, cancellationToken));

    public static Task ReadErrorsAsync(Session session, string batchId, string format, string path, CancellationToken cancellationToken) =>
        ReadAsync(session, "errors", path, read => session.Api.DownloadBatchErrorsAsync(batchId, path, format, read, cancellationToken));

    private static async Task ReadAsync(Session session, string kind, string path, Func<IProgress<long>, Task> readAsync)
    {
        var step = $"Reading {kind}";
        await readAsync(new Reading(bytes => session.Display.Show(step, bytes / 1024, null, "KiB")));
        var length = new FileInfo(path).Length / 1024;
        session.Display.Show(step, length, length, "KiB");
    }

    // At once and in order, which Progress<T> is not.
    private sealed class Reading(Action<long> show) : IProgress<long>
    {
        public void Report(long value) => show(value);
    }
}
