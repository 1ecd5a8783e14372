using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DrugResponse.Contracts;

namespace DrugResponse.Client;

/// <summary>Rows as NDJSON, written as they come, so that memory does not grow with them.</summary>
internal sealed class CohortContent : HttpContent
{
    private const int EmptyObjectLength = 2;

    private readonly IAsyncEnumerable<CohortRow> _rows;

    public CohortContent(IAsyncEnumerable<CohortRow> rows)
    {
        _rows = rows;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await foreach (var row in _rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var request = JsonSerializer.SerializeToUtf8Bytes(row.Request, ContractsJsonContext.Sparse.PredictionRequest);
            if (row.RowId is { } rowId)
            {
                // The row is the request's own object with one more member.
                var id = JsonSerializer.SerializeToUtf8Bytes(rowId, ContractsJsonContext.Sparse.String);
                await stream.WriteAsync((byte[])[.. "{\"rowId\":"u8, .. id], cancellationToken).ConfigureAwait(false);
                if (request.Length > EmptyObjectLength)
                    await stream.WriteAsync(","u8.ToArray(), cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(request.AsMemory(1), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            }

            await stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
