using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>Refuses the input once more than a number of bytes was read.</summary>
/// <param name="inner">What is read.</param>
/// <param name="maxBytes">Most bytes.</param>
internal sealed class BoundedStream(Stream inner, long maxBytes) : ForwardStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        _read += count;
        return _read <= maxBytes ? count : throw new InputRefusedException(ProblemResponses.BodyTooLarge(maxBytes));
    }
}
