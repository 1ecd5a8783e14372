namespace DrugResponse.Functions.Batches.Input;

/// <summary>Hashes what is read through it.</summary>
/// <param name="inner">What is read.</param>
/// <param name="hash">Takes every byte.</param>
internal sealed class HashedStream(Stream inner, Submission.SubmissionHash hash) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        hash.Append(buffer.Span[..count]);
        return count;
    }
}
