namespace DrugResponse.Functions.Predictions;

/// <summary>
/// What makes two requests the same one: a key chosen by the caller or by the queue, within a scope so that the two cannot
/// meet by accident.
/// </summary>
/// <param name="Scope">Where the key comes from.</param>
/// <param name="Key">The key; it is stored as a hash only, since it may hide a raw patient id.</param>
/// <param name="RefuseWhileInProgress">
/// Whether a second request is refused while the first is young. A person's client should wait; a queue delivers again
/// only after the first delivery failed, so its work is simply taken over.
/// </param>
internal sealed record RequestIdentity(string Scope, string Key, bool RefuseWhileInProgress)
{
    /// <summary>The identity that an <c>Idempotency-Key</c> header gives.</summary>
    public static RequestIdentity OfHeader(string key) => new("http", key, RefuseWhileInProgress: true);

    /// <summary>
    /// The identity that a queue message has: the producer's <c>requestId</c>, else the id the queue gave it; null when the
    /// host told neither.
    /// </summary>
    public static RequestIdentity? OfMessage(string? requestId, string? messageId)
    {
        if (requestId is not null)
            return new("queue-request", requestId, RefuseWhileInProgress: false);
        return messageId is null ? null : new("queue-message", messageId, RefuseWhileInProgress: false);
    }
}
