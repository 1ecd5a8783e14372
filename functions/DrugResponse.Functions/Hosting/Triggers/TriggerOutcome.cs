namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>How an invocation of a trigger function ended.</summary>
internal sealed record TriggerOutcome
{
    private TriggerOutcome(string? failure) => Failure = failure;

    /// <summary>The work is done and its result is stored: a queue message is deleted.</summary>
    public static TriggerOutcome Done { get; } = new(failure: null);

    /// <summary>Why the work is not done, or null when it is.</summary>
    public string? Failure { get; }

    /// <summary>
    /// The work is not done. A queue message is delivered again after <c>visibilityTimeout</c>, and moves to the poison queue
    /// when its attempts are used up.
    /// </summary>
    /// <param name="reason">What went wrong. It is written to the function's log: no patient data.</param>
    /// <returns>The outcome.</returns>
    public static TriggerOutcome Failed(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new TriggerOutcome(reason);
    }
}
