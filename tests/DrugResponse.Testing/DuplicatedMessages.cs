using Azure.Core;
using Azure.Core.Pipeline;

namespace DrugResponse.Testing;

/// <summary>Sends every so many-th queue message twice. Thread-safe.</summary>
/// <param name="every">Of how many messages one is sent twice.</param>
public sealed class DuplicatedMessages(int every) : HttpPipelinePolicy
{
    private int _messages;
    private int _duplicates;

    /// <summary>How many messages were sent twice.</summary>
    public int Duplicates => _duplicates;

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application sends nothing synchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method != RequestMethod.Post
            || !message.Request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal)
            || Interlocked.Increment(ref _messages) % every != 0)
            return;

        Interlocked.Increment(ref _duplicates);
        await ProcessNextAsync(message, pipeline);
    }
}
