namespace DrugResponse.Storage.QueueFailures;

/// <summary>What is left of a queue message that could not be read or scored.</summary>
/// <param name="Function">The function that read the message: letters and digits.</param>
/// <param name="Queue">The queue from which it came.</param>
/// <param name="MessageId">The message's id as the queue service gave it: letters, digits and hyphens.</param>
/// <param name="FirstFailedAt">When it failed first, in UTC.</param>
/// <param name="LastFailedAt">When it failed last, in UTC.</param>
/// <param name="Attempts">How often it was read: the last dequeue count.</param>
/// <param name="ProblemType">The kind of problem: the stable <c>type</c> that an HTTP caller would have got.</param>
/// <param name="Faults">
/// What is wrong and where. <b>Never patient data, nor a name that a sender chose</b>: operators read this. At most
/// <see cref="QueueFailureStore.MaxFaults"/> are kept.
/// </param>
/// <param name="FaultCount">How many faults there were, also those that were not kept.</param>
public sealed record QueueFailure(
    string Function,
    string Queue,
    string MessageId,
    DateTimeOffset FirstFailedAt,
    DateTimeOffset LastFailedAt,
    int Attempts,
    string ProblemType,
    IReadOnlyList<QueueFault> Faults,
    int FaultCount);

/// <summary>One thing that is wrong with a message.</summary>
/// <param name="Path">JSON pointer to it; empty for the whole message.</param>
/// <param name="Message">What is wrong, without the value.</param>
public sealed record QueueFault(string Path, string Message);

/// <summary>A failed attempt, as <see cref="QueueFailureStore.RecordAsync"/> takes it.</summary>
/// <param name="Function">The function that read the message: letters and digits.</param>
/// <param name="Queue">The queue from which it came.</param>
/// <param name="MessageId">The message's id as the queue service gave it: letters, digits and hyphens.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="DequeueCount">How often the message was read, this time included.</param>
/// <param name="ProblemType">The kind of problem: the stable <c>type</c> that an HTTP caller would have got.</param>
/// <param name="Faults">What is wrong and where. <b>Never patient data, nor a name that a sender chose.</b></param>
public sealed record QueueFailedAttempt(
    string Function,
    string Queue,
    string MessageId,
    DateTimeOffset FailedAt,
    int DequeueCount,
    string ProblemType,
    IReadOnlyList<QueueFault> Faults);

/// <summary>Some of a tenant's failures, ordered by function and message id.</summary>
/// <param name="Failures">The failures.</param>
/// <param name="Continuation">Where the list goes on, or <see langword="null"/> at its end.</param>
public sealed record QueueFailurePage(IReadOnlyList<QueueFailure> Failures, string? Continuation);
