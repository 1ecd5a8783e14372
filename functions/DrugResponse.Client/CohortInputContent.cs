using System.Net;
using System.Net.Http.Headers;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>A cohort as the body of a request, read anew for each attempt.</summary>
internal sealed class CohortInputContent : ProducedContent
{
    private const int BufferBytes = 64 * 1024;

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
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var input = await ProduceAsync(() => ValueTask.FromResult(_input.Open()), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[(int)Math.Clamp(_input.Length, 1, BufferBytes)];
        for (var left = _input.Length; left > 0;)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
            await ProduceAsync(() => FillAsync(input, part, cancellationToken), cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            left -= part.Length;
        }
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _input.Length;
        return true;
    }

    private static async ValueTask<int> FillAsync(Stream input, Memory<byte> part, CancellationToken cancellationToken)
    {
        await input.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
        return part.Length;
    }
}
