using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DrugResponse.Testing;

/// <summary>
/// Lets every so many-th storage request fail, in turns before it is sent and after it took effect with the answer lost. It stands outside
/// of the retries, so that the application meets every failure. Thread-safe.
/// </summary>
/// <param name="every">Of how many requests one fails.</param>
/// <param name="spared">The path of what never fails, such as a container that is read at the start as a whole.</param>
public sealed class FailingCalls(int every, string? spared = null) : HttpPipelinePolicy
{
    private int _calls;
    private int _failures;

    /// <summary>How many requests failed.</summary>
    public int Failures => _failures;

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application sends nothing synchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if ((spared is not null && message.Request.Uri.Path.Contains(spared, StringComparison.Ordinal))
            || Interlocked.Increment(ref _calls) % every != 0)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        if (Interlocked.Increment(ref _failures) % 2 == 0)
            await ProcessNextAsync(message, pipeline);
        throw new RequestFailedException(0, "The connection broke.");
    }
}
