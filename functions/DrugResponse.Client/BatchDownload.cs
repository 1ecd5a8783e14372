using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>Reads all results or errors of a batch into a file, through interruptions. Not thread-safe.</summary>
/// <param name="connection">The service.</param>
/// <param name="from">The path of the results or errors.</param>
/// <param name="file">Where they go.</param>
/// <param name="format">One of <see cref="BatchFormats"/>.</param>
/// <param name="progress">Is told the length of the file; or null.</param>
internal sealed class BatchDownload(ApiConnection connection, string from, BatchLineFile file, string format, IProgress<long>? progress)
{
    private const int BufferBytes = 64 * 1024;

    private readonly Perseverance _perseverance = connection.Persevere();

    /// <summary>Reads them.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var (after, _) = file.CutBack();
        while (await ReadOnAsync(after, cancellationToken).ConfigureAwait(false) is { } broken)
        {
            // Bytes are no success: a row that never becomes whole would be read for ever.
            var (reached, begun) = file.CutBack();
            if (reached > after)
                _perseverance.Succeed();
            else if (begun > reached)
                await AskAsync(begun, cancellationToken).ConfigureAwait(false);
            after = reached;
            await _perseverance.BreakAsync(broken, cancellationToken).ConfigureAwait(false);
        }

        file.Complete();
    }

    // In CSV the last row is always read again, so the service would never be asked behind it. What it refuses there may be why it breaks.
    private async Task AskAsync(long after, CancellationToken cancellationToken)
    {
        using var response = await connection.OpenLinesAsync(from, format, after, _perseverance, cancellationToken).ConfigureAwait(false);
    }

    // Gives what broke the connection, or null at the end.
    private async Task<Exception?> ReadOnAsync(long after, CancellationToken cancellationToken)
    {
        using var response = await connection.OpenLinesAsync(from, format, after, _perseverance, cancellationToken).ConfigureAwait(false);
        await using var body = await connection.ReadLinesAsync(response, cancellationToken).ConfigureAwait(false);
        return await CopyAsync(body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Exception?> CopyAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var output = file.Append();
        var buffer = new byte[BufferBytes];
        while (true)
        {
            // Only what fails here lies in the connection. A disk that is full stays so.
            int count;
            try
            {
                count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception broken) when (_perseverance.IsBreak(broken, cancellationToken))
            {
                return broken;
            }

            if (count == 0)
                return null;
            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            progress?.Report(output.Position);
        }
    }
}
