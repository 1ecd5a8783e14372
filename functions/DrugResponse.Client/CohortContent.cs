using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DrugResponse.Contracts;

namespace DrugResponse.Client;

/// <summary>Rows as NDJSON, written as they come, so that memory does not grow with them.</summary>
internal sealed class CohortContent : ProducedContent
{
    private const int EmptyObjectLength = 2;

    private readonly IAsyncEnumerable<CohortRow> _rows;

    public CohortContent(IAsyncEnumerable<CohortRow> rows)
    {
        _rows = rows;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var rows = _rows.GetAsyncEnumerator(cancellationToken);
        while (await ProduceAsync(rows.MoveNextAsync, cancellationToken).ConfigureAwait(false))
        {
            var line = await ProduceAsync(() => ValueTask.FromResult(LineOf(rows.Current)), cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    // The row is the request's own object with one more member.
    private static byte[] LineOf(CohortRow row)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(row.Request, ContractsJsonContext.Sparse.PredictionRequest);
        if (row.RowId is not { } rowId)
            return [.. request, .. "\n"u8];
        var id = JsonSerializer.SerializeToUtf8Bytes(rowId, ContractsJsonContext.Sparse.String);
        var separator = request.Length > EmptyObjectLength ? ","u8 : [];
        return [.. "{\"rowId\":"u8, .. id, .. separator, .. request.AsSpan(1), .. "\n"u8];
    }
}
