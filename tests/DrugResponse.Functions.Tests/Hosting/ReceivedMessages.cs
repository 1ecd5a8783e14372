using System.Collections.Concurrent;
using DrugResponse.Functions.Hosting.Triggers;
using Microsoft.AspNetCore.Builder;

namespace DrugResponse.Functions.Tests.Hosting;

/// <summary>A queue function that keeps what it receives and answers what a test tells it to.</summary>
internal sealed class ReceivedMessages
{
    public const string FunctionName = "ReceiveMessage";

    private readonly ConcurrentQueue<QueueTriggerMessage> _messages = [];
    private int _running;
    private int _mostRunning;

    /// <summary>What the function does. Until a test says otherwise it succeeds at once.</summary>
    public Func<QueueTriggerMessage, Task<TriggerOutcome>> Behaviour { get; set; } = static _ => Task.FromResult(TriggerOutcome.Done);

    public IReadOnlyCollection<QueueTriggerMessage> All => _messages;

    public int Running => Volatile.Read(ref _running);

    public int MostRunning => Volatile.Read(ref _mostRunning);

    public static void Map(WebApplication app) =>
        app.MapQueueFunction<ReceivedMessages>(FunctionName, "received", static (function, message, _) => function.ReceiveAsync(message));

    private async Task<TriggerOutcome> ReceiveAsync(QueueTriggerMessage message)
    {
        _messages.Enqueue(message);
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        try
        {
            return await Behaviour(message);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;

            seen = before;
        }
    }
}
