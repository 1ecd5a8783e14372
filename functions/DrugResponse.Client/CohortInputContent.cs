using System.Net;
using System.Net.Http.Headers;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>A cohort as the body of a request, read anew for each attempt.</summary>
internal sealed class CohortInputContent : HttpContent
{
    private readonly CohortInput _input;

    public CohortInputContent(CohortInput input)
    {
        _input = input;
        Headers.ContentType = new MediaTypeHeaderValue(input.Format switch
        {
            BatchFormats.Csv => "text/csv",
            BatchFormats.Json => "application/json",
            _ => "application/x-ndjson",
        });
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var input = _input.Open();
        await input.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _input.Length;
        return true;
    }
}
