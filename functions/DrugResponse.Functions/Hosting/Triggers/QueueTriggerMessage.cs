namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// A queue message as a queue function receives it. Delivery is at least once: the same message can come again after it
/// was handled, and two deliveries of it can overlap.
/// </summary>
/// <param name="Body">The bytes that the producer enqueued, after the queue's base64. Not necessarily UTF-8, nor JSON.</param>
/// <param name="Id">The id that the queue gave the message; null when the host did not say.</param>
/// <param name="DequeueCount">
/// How many times the message has been taken from the queue, this time included. For logs only: with function
/// definitions that lack <c>dataType: binary</c>, members of a JSON message overwrite it.
/// </param>
/// <param name="InsertionTime">When the message was enqueued, to the second; null when the host did not say.</param>
/// <param name="InvocationId">The Functions host's id of this invocation, for correlation with its logs.</param>
internal sealed record QueueTriggerMessage(
    ReadOnlyMemory<byte> Body,
    string? Id,
    long? DequeueCount,
    DateTimeOffset? InsertionTime,
    string? InvocationId);
