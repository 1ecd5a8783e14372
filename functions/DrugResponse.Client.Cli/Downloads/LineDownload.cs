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
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            if (await TryCopyAsync(body, file, kind, cancellationToken))
            {
                file.Complete();
                return;
            }

            await endurance.PauseAsync("The connection broke.", null, cancellationToken);
        }
    }

    private async Task<bool> TryCopyAsync(Stream body, LineFile file, string kind, CancellationToken cancellationToken)
    {
        await using var output = file.Append();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            // Only what fails here lies in the connection. A disk that is full stays so.
            int count;
            try
            {
                count = await body.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception exception) when (Endurance.IsPassing(exception, cancellationToken))
            {
                return false;
            }

            if (count == 0)
                break;
            endurance.Succeed();
            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            display.Show($"Reading {kind}", output.Position / 1024, null, "KiB");
        }

        display.Show($"Reading {kind}", output.Position / 1024, output.Position / 1024, "KiB");
        return true;
    }
}
