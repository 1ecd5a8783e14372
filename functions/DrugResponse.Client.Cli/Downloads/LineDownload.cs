using DrugResponse.Client.Cli.Display;
using DrugResponse.Client.Cli.Service;

namespace DrugResponse.Client.Cli.Downloads;

/// <summary>Reads all results or errors of a batch that has ended into a file, through any number of interruptions. Not thread-safe.</summary>
internal sealed class LineDownload(ServiceClient service, Endurance endurance, IProgressDisplay display)
{
    /// <summary>Reads them.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="kind"><c>results</c> or <c>errors</c>.</param>
    /// <param name="format">The form.</param>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Ends the reading; it can be gone on with.</param>
    public async Task ReadAsync(string batchId, string kind, string format, string path, CancellationToken cancellationToken)
    {
        var file = new LineFile(path, $"{batchId}.{kind}", format);
        while (true)
        {
            var after = file.CutBack();
            using var response = await service.OpenLinesAsync(batchId, kind, format, after, cancellationToken);
            try
            {
                await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
                await using (var output = file.Append())
                    await CopyAsync(body, output, kind, cancellationToken);
                file.Complete();
                return;
            }
            catch (Exception exception) when (Endurance.IsPassing(exception, cancellationToken))
            {
                await endurance.PauseAsync("The connection broke.", null, cancellationToken);
            }
        }
    }

    private async Task CopyAsync(Stream body, FileStream output, string kind, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            display.Show($"Reading {kind}", output.Position / 1024, null, "KiB");
        }

        display.Show($"Reading {kind}", output.Position / 1024, output.Position / 1024, "KiB");
    }
}
