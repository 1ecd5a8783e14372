using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace DrugResponse.EndToEnd.Processes;

/// <summary>
/// Works off a real queue through a <see cref="FunctionsHostStandIn"/> as the host's queue listener does, with
/// <c>visibilityTimeout</c> 0: deletes on success, tries again at once on failure, moves to the poison queue at the fifth.
/// </summary>
/// <param name="service">The queue service.</param>
/// <param name="queueName">The queue.</param>
/// <param name="host">Invokes the function.</param>
/// <param name="function">The function's name.</param>
/// <param name="binding">The name of its trigger binding.</param>
internal sealed class QueuePump(QueueServiceClient service, string queueName, FunctionsHostStandIn host, string function, string binding)
{
    private const int BatchSize = 16;
    private const int NewBatchThreshold = 8;
    private const int MaxDequeueCount = 5;

    private readonly ConcurrentQueue<InvocationVerdict> _verdicts = [];

    public QueueClient Queue { get; } = service.GetQueueClient(queueName);

    public QueueClient Poison { get; } = service.GetQueueClient(queueName + "-poison");

    /// <summary>How the invocations ended, in the order of their ends.</summary>
    public IReadOnlyCollection<InvocationVerdict> Verdicts => _verdicts;

    /// <summary>Puts a body into the queue, as base64.</summary>
    public async Task SendAsync(byte[] body)
    {
        await Queue.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Queue.SendMessageAsync(Convert.ToBase64String(body), TestContext.Current.CancellationToken);
    }

    /// <summary>Delivers until the queue holds no message, not even a hidden one.</summary>
    public async Task RunUntilEmptyAsync()
    {
        var running = new List<Task>();
        while (await CountAsync() > 0)
        {
            QueueMessage[] messages = await Queue.ReceiveMessagesAsync(
                BatchSize, TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
            running.AddRange(messages.Select(DeliverAsync));
            if (messages.Length == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);

            while (running.Count > NewBatchThreshold || running.Any(static delivery => delivery.IsCompleted))
            {
                var ended = await Task.WhenAny(running);
                running.Remove(ended);
                await ended;
            }
        }

        await Task.WhenAll(running);
    }

    private async Task<int> CountAsync()
    {
        QueueProperties properties = await Queue.GetPropertiesAsync(TestContext.Current.CancellationToken);
        return properties.ApproximateMessagesCount;
    }

    private async Task DeliverAsync(QueueMessage message)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var body = Convert.FromBase64String(message.Body.ToString());
        var verdict = await host.InvokeAsync(function, binding, message, body, PayloadForm.Binary);
        _verdicts.Enqueue(verdict);

        if (verdict is InvocationVerdict.Hangs)
            Assert.Fail($"{function} answered nothing: the Functions host would hang.");

        if (verdict is InvocationVerdict.Succeeded)
        {
            await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
        }
        else if (message.DequeueCount >= MaxDequeueCount)
        {
            await Poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await Poison.SendMessageAsync(message.Body, cancellationToken: cancellation);
            await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
        }
        else
        {
            await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, (string?)null, TimeSpan.Zero, cancellation);
        }
    }
}
