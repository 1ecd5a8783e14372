using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// Reads the answer to an entity-group transaction: a multipart message with one HTTP answer per row, or with a single one for the row
/// that was refused. Only status lines, ETags and the error's body matter, so it is read line by line.
/// </summary>
internal static class TableTransactionResponse
{
    private const int FirstErrorStatus = 400;

    /// <summary>Adds the rows' answers to a list.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="start">Index of the transaction's first row in the caller's list.</param>
    /// <param name="parts">Where the rows' answers go.</param>
    /// <exception cref="TableTransactionFailedException">A row was refused.</exception>
    public static void Read(Response response, int start, List<Response> parts)
    {
        var body = response.Content.ToMemory();
        var status = 0;
        string? etag = null;
        foreach (var range in body.Span.Split((byte)'\n'))
        {
            var line = body[range].Span.TrimEnd((byte)'\r');
            if (line.StartsWith("HTTP/1.1 "u8))
            {
                AddPart();
                status = Utf8Parser.TryParse(line["HTTP/1.1 "u8.Length..], out int code, out _) ? code : 0;
            }
            else if (status >= FirstErrorStatus && line.StartsWith("{"u8))
                throw Failure(status, body[range], start);
            else if (line.StartsWith("ETag: "u8))
                etag = Encoding.UTF8.GetString(line["ETag: "u8.Length..]);
        }

        if (status >= FirstErrorStatus)
            throw Failure(status, default, start);
        AddPart();

        void AddPart()
        {
            if (status != 0)
                parts.Add(new TableTransactionPartResponse(status, etag));
            etag = null;
        }
    }

    // The message of a refused row begins with its index in the transaction and a colon.
    private static TableTransactionFailedException Failure(int status, ReadOnlyMemory<byte> errorBody, int start)
    {
        var error = TableErrorParser.Parse(errorBody);
        var message = error?.Message ?? "The transaction was refused.";
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        int? index = colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? start + position
            : null;

        return new TableTransactionFailedException(
            status,
            string.Create(CultureInfo.InvariantCulture, $"{message}\nStatus: {status}\nErrorCode: {error?.Code}"),
            error?.Code,
            index);
    }
}

/// <summary>The answer for one row of a transaction: its status and ETag.</summary>
internal sealed class TableTransactionPartResponse(int status, string? etag) : Response
{
    private const string ETagHeader = "ETag";

    public override int Status => status;

    public override string ReasonPhrase => string.Empty;

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = string.Empty;

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => etag is null ? [] : [new HttpHeader(ETagHeader, etag)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = string.Equals(name, ETagHeader, StringComparison.OrdinalIgnoreCase) ? etag : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
