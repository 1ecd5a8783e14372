using Azure.Storage.Queues;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>A function, the queue that it takes its messages from, and the rules for that.</summary>
internal sealed record QueueSubscription
{
    /// <summary>The function's name.</summary>
    public required string Function { get; init; }

    /// <summary>The name of its trigger binding.</summary>
    public required string Binding { get; init; }

    /// <summary>The queue, with message texts as they are: a text that is no base64 must be seen, not thrown.</summary>
    public required QueueClient Queue { get; init; }

    /// <summary>
    /// Where messages go that cannot be handled. Null for a queue that is a poison queue itself or whose name is too long for
    /// one: its failed messages reappear when their invisibility ends, until they expire.
    /// </summary>
    public required QueueClient? Poison { get; init; }

    /// <summary>The rules of host.json.</summary>
    public required QueueSettings Settings { get; init; }

    /// <summary>How long a message stays hidden once taken, unless renewed.</summary>
    public required TimeSpan Invisibility { get; init; }

    /// <summary>The longest pause between two looks at the empty queue.</summary>
    public required TimeSpan LongestPause { get; init; }

    /// <summary>The next batch is fetched when no more than this many messages are in work.</summary>
    public int NewBatchThreshold => Settings.NewBatchThreshold ?? Settings.BatchSize / 2 * Environment.ProcessorCount;

    /// <summary>Names the poison queue of a queue.</summary>
    /// <param name="queueName">The queue.</param>
    /// <returns>The name, or null when the queue has none.</returns>
    public static string? PoisonQueueName(string queueName)
    {
        const string suffix = "-poison";
        const int longestQueueName = 63;

        return queueName.EndsWith(suffix, StringComparison.Ordinal) || queueName.Length + suffix.Length > longestQueueName
            ? null
            : queueName + suffix;
    }
}
