using DrugResponse.Contracts.Batches;
using Microsoft.Net.Http.Headers;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary>Which form of input a request announces.</summary>
internal static class SubmissionMediaType
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "application/x-ndjson, text/csv or application/json (an array), in UTF-8, plain or gzip";

    /// <summary>The form, or null when it is not accepted.</summary>
    public static string? FormatOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.Charset.Length == 0 || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            || request.Headers.ContentEncoding is not ([] or ["gzip" or "x-gzip" or "identity"]))
            return null;

        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => BatchFormats.NdJson,
            "text/csv" => BatchFormats.Csv,
            "application/json" => BatchFormats.Json,
            _ => null,
        };
    }
}
