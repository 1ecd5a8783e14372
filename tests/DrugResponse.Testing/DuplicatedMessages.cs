using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DrugResponse.Testing;

/// <summary>Sends every so many-th queue message twice: in turns at once, and so that the copy is seen much later. Thread-safe.</summary>
/// <param name="every">Of how many messages one is sent twice.</param>
/// <param name="lateBy">How much later, to the second.</param>
public sealed class DuplicatedMessages(int every, TimeSpan lateBy) : HttpPipelinePolicy
{
    private int _messages;
    private int _duplicates;

    /// <summary>How many messages were sent twice.</summary>
    public int Duplicates => _duplicates;

    /// <summary>How many of the copies came late.</summary>
    public int LateDuplicates => _duplicates / 2;

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

        if (Interlocked.Increment(ref _duplicates) % 2 == 0)
            Delay(message.Request.Uri);
        await ProcessNextAsync(message, pipeline);
    }

    private void Delay(RequestUriBuilder address)
    {
        const string Name = "visibilitytimeout";
        var others = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(static part => !part.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        address.Query = "?" + string.Join('&', [.. others, string.Create(CultureInfo.InvariantCulture, $"{Name}={(long)lateBy.TotalSeconds}")]);
    }
}
