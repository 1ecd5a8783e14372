using System.Globalization;
using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Results;

/// <summary>
/// What <see cref="GetBatchResults"/> and <see cref="GetBatchErrors"/> have in common: streams rows in the order of the input. A header <c>Link</c> with
/// <c>rel="next"</c> says where to go on when more is to come; the <c>line</c> of the last row that a caller has does as well.
/// </summary>
/// <remarks>
/// Pages that are read along the links make one file, with the header of CSV once. After a broken connection an NDJSON file is cut behind its
/// last line break, and goes on after the <c>line</c> of the last row. In CSV a row has several lines, of which some may be missing: there all
/// lines of the last row are dropped too, and reading goes on after the row before it (after 0 if there is none, with an empty file).
/// </remarks>
internal static class BatchLines
{
    private const string KeepFormulas = "keep";

    private static readonly string[] Known = ["after", "format", "formulas"];

    public static async Task<IResult> GetAsync(
        string batchId,
        BatchResultKind kind,
        HttpRequest request,
        BatchStore batches,
        BatchLineReader reader,
        Caller caller,
        CancellationToken cancellationToken)
    {
        if (!BatchId.TryParse(batchId, out var id) || await batches.GetAsync(caller.Tenant, id, cancellationToken) is not { } batch)
            return ProblemResponses.NotFound();
        if (FaultOf(request.Query) is { } fault)
            return ProblemResponses.BadRequest(fault);

        var format = request.Query["format"] is [{ } asked] ? asked : batch.ResultsFormat;
        var after = request.Query["after"] is [{ } line] ? long.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var range = await reader.FindRangeAsync(batch, after, cancellationToken);
        var rows = reader.ReadAsync(batch, range, kind, cancellationToken);
        if (format != BatchFormats.Csv)
            return new BatchLineStream(rows, null, Link(request, format, range));

        // A page that does not move on is read again from its beginning.
        var withHeader = after == 0 && range.Next is not 0;
        return new BatchLineStream(
            rows, new CsvLines(kind, withHeader, keepsFormulas: request.Query.ContainsKey("formulas")), Link(request, format, range));
    }

    private static string? FaultOf(IQueryCollection query)
    {
        if (query.Keys.Any(static key => !Known.Contains(key)))
            return $"Known in the query: {string.Join(", ", Known)}.";
        if (query["format"] is not ([] or [BatchFormats.NdJson or BatchFormats.Csv]))
            return $"format must be {BatchFormats.NdJson} or {BatchFormats.Csv}.";
        if (query["formulas"] is not ([] or [KeepFormulas]))
            return $"formulas must be {KeepFormulas}: then text in CSV is left as it is, also where a spreadsheet would run it.";
        return query["after"] is [] || (query["after"] is [{ } after] && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? null
            : "after must be the line of a row, or what a Link header gave.";
    }

    private static string? Link(HttpRequest request, string format, BatchLineRange range) => range.Next is { } next
        ? string.Create(CultureInfo.InvariantCulture, $"<{request.Path}?after={next}&format={format}{(request.Query.ContainsKey("formulas") ? $"&formulas={KeepFormulas}" : "")}>; rel=\"next\"")
        : null;
}

/// <summary>An answer that is written row by row, so that memory does not grow with it.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Csv">Makes CSV of them; null for NDJSON, which they are.</param>
/// <param name="Link">Where to go on, or null.</param>
internal sealed record BatchLineStream(IAsyncEnumerable<BatchResultRow> Rows, CsvLines? Csv, string? Link) : IResult
{
    private const int FlushBytes = 64 * 1024;

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = Csv is null
            ? "application/x-ndjson; charset=utf-8"
            : $"text/csv; charset=utf-8; header={(Csv.Header is null ? "absent" : "present")}";
        response.Headers.CacheControl = "no-store";
        if (Link is not null)
            response.Headers.Link = Link;

        // Nothing is written before the first row is there: until then a failure of storage is still answered as such.
        var output = response.BodyWriter;
        await using var rows = Rows.GetAsyncEnumerator(httpContext.RequestAborted);
        var hasRow = await rows.MoveNextAsync();
        if (hasRow && rows.Current.IsDamaged)
            throw new DamagedRowException(rows.Current.Line);
        if (Csv is { Header: { } header })
            Encoding.UTF8.GetBytes(header, output);
        for (long pending = 0; hasRow; hasRow = await rows.MoveNextAsync())
        {
            if (rows.Current.IsDamaged)
            {
                // What comes before it goes out, and the connection breaks: whoever goes on behind that is told.
                await output.FlushAsync(httpContext.RequestAborted);
                throw new DamagedRowException(rows.Current.Line);
            }

            pending += Write(rows.Current, output);
            if (pending < FlushBytes)
                continue;
            await output.FlushAsync(httpContext.RequestAborted);
            pending = 0;
        }

        await output.FlushAsync(httpContext.RequestAborted);
    }

    private long Write(BatchResultRow row, System.IO.Pipelines.PipeWriter output)
    {
        if (Csv is not null)
            return Encoding.UTF8.GetBytes(Csv.Write(row), output);
        System.Buffers.BuffersExtensions.Write(output, row.Content.Span);
        System.Buffers.BuffersExtensions.Write(output, "\n"u8);
        return row.Content.Length + 1;
    }
}
