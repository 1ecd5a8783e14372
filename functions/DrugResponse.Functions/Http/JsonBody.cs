using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Problems;
using Microsoft.Net.Http.Headers;

namespace DrugResponse.Functions.Http;

/// <summary>A JSON body, or the problem that stands in its way. Dispose it when the document is no longer needed.</summary>
internal sealed class JsonBody : IDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly JsonDocument? _document;

    private JsonBody(JsonDocument document) => _document = document;

    private JsonBody(ProblemResponse problem) => Problem = problem;

    /// <summary>Why there is no document, or null.</summary>
    public ProblemResponse? Problem { get; }

    /// <summary>The document; only when <see cref="Problem"/> is null.</summary>
    public JsonElement Root => _document?.RootElement ?? throw new InvalidOperationException("The body could not be read.");

    /// <summary>Reads the body of a request up to <see cref="RequestLimits.MaxBodyBytes"/>.</summary>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType() || !IsUtf8(request))
            return new(ProblemResponses.UnsupportedMediaType("application/json in UTF-8"));
        if (request.Headers.ContentEncoding.Count > 0)
            return new(ProblemResponses.UnsupportedMediaType("application/json without a content encoding"));
        if (request.ContentLength > RequestLimits.MaxBodyBytes)
            return new(ProblemResponses.BodyTooLarge(RequestLimits.MaxBodyBytes));

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > RequestLimits.MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new(ProblemResponses.BodyTooLarge(RequestLimits.MaxBodyBytes));
            }

            if (read.IsCompleted)
            {
                var utf8 = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return Parse(utf8);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Parses UTF-8 JSON, with or without a byte order mark.</summary>
    public static JsonBody Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (!Utf8.IsValid(utf8.Span))
        {
            return new(ProblemResponses.MalformedJson(string.Create(
                CultureInfo.InvariantCulture,
                $"The body is not valid UTF-8 from byte {FirstInvalidByte(utf8.Span) + 1} on.")));
        }

        try
        {
            return new(JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = RequestLimits.MaxJsonDepth }));
        }
        catch (JsonException exception)
        {
            // Only the position is passed on: the parser's own message quotes the body.
            return new(ProblemResponses.MalformedJson(string.Create(
                CultureInfo.InvariantCulture,
                $"The first fault is on line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} of that line (nesting deeper than {RequestLimits.MaxJsonDepth} levels is one).")));
        }
    }

    private static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || type.Charset.Length == 0
        || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);

    private static int FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var consumed) == OperationStatus.Done)
            offset += consumed;
        return offset;
    }

    /// <inheritdoc />
    public void Dispose() => _document?.Dispose();
}
