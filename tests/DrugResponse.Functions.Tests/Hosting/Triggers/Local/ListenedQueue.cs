using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers.Local;
using DrugResponse.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Functions.Tests.Hosting.Triggers.Local;

/// <summary>A queue of the test's own with a listener on it, which posts to a running app as in a standalone process.</summary>
internal sealed class ListenedQueue : IAsyncDisposable
{
    private readonly RunningApp _app;
    private readonly FunctionInvoker _invoker;
    private readonly QueueSubscription _subscription;
    private readonly LogLines _logs = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _listening = Task.CompletedTask;

    private ListenedQueue(RunningApp app, QueueSubscription subscription)
    {
        _app = app;
        _invoker = new FunctionInvoker(app.TriggerPort, app.Services.GetRequiredService<HostJson>());
        _subscription = subscription;
        Function = app.Services.GetRequiredService<ReceivedMessages>();
    }

    public ReceivedMessages Function { get; }

    public QueueClient Queue => _subscription.Queue;

    public QueueClient Poison => _subscription.Poison!;

    /// <summary>
    /// Makes a queue, unless it is to be missing, and an app beside it. Nothing is listened to until <see cref="Listen"/>.
    /// </summary>
    public static async Task<ListenedQueue> CreateAsync(
        string connectionString,
        QueueSettings? settings = null,
        TimeSpan? invisibility = null,
        string nameSuffix = "",
        bool exists = true)
    {
        var options = new QueueClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(50) } };
        var service = new QueueServiceClient(connectionString, options);
        var name = AzuriteFixture.UniqueName("q") + nameSuffix;
        var subscription = new QueueSubscription
        {
            Function = ReceivedMessages.FunctionName,
            Binding = "message",
            Queue = service.GetQueueClient(name),
            Poison = QueueSubscription.PoisonQueueName(name) is { } poison ? service.GetQueueClient(poison) : null,
            Settings = settings ?? Rules(),
            Invisibility = invisibility ?? TimeSpan.FromSeconds(30),
            LongestPause = TimeSpan.FromMilliseconds(200),
        };
        if (exists)
            await subscription.Queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

        return new ListenedQueue(await RunningApp.StartStandaloneAsync(ReceivedMessages.Map), subscription);
    }

    public static QueueSettings Rules(
        int batchSize = 16, int newBatchThreshold = 8, int maxDequeueCount = 5, TimeSpan visibilityTimeout = default) =>
        new(batchSize, newBatchThreshold, maxDequeueCount, visibilityTimeout, MaxPollingInterval: null, MessagesAreBase64: true);

    /// <summary>Starts to listen. The task ends when the listener has stopped.</summary>
    public Task Listen()
    {
        var delivery = new QueueDelivery(_subscription, _invoker, TimeProvider.System, _logs);
        _listening = new QueueListener(_subscription, delivery, TimeProvider.System, _logs).RunAsync(_stopping.Token);
        return _listening;
    }

    public void StopListening() => _stopping.Cancel();

    public Task StopAppAsync() => _app.StopAsync();

    public Task SendAsync(params byte[] body) => SendRawAsync(Convert.ToBase64String(body));

    public Task SendRawAsync(string text) => Queue.SendMessageAsync(text, TestContext.Current.CancellationToken);

    /// <summary>Waits until something is logged that has the given words.</summary>
    public Task UntilLoggedAsync(string words) => Eventually.TrueAsync(() => CountLogged(words) > 0, $"'{words}' is logged");

    /// <summary>How many log entries have the given words.</summary>
    public int CountLogged(string words) => _logs.All.Count(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>How many messages the queue holds, hidden ones included.</summary>
    public static async Task<int> CountAsync(QueueClient queue)
    {
        QueueProperties properties = await queue.GetPropertiesAsync(TestContext.Current.CancellationToken);
        return properties.ApproximateMessagesCount;
    }

    /// <summary>Waits until the queue holds nothing, not even hidden messages.</summary>
    public Task UntilEmptyAsync() => Eventually.TrueAsync(async () => await CountAsync(Queue) == 0, "the queue is empty");

    /// <summary>Waits for a message in the poison queue and gives its text.</summary>
    public async Task<string> TakePoisonAsync()
    {
        PeekedMessage? poisoned = null;
        await Eventually.TrueAsync(
            async () => await Poison.ExistsAsync(TestContext.Current.CancellationToken)
                && (poisoned = (await Poison.PeekMessageAsync(TestContext.Current.CancellationToken)).Value) is not null,
            "a message lies in the poison queue");
        return poisoned!.Body.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        _stopping.Dispose();
        _invoker.Dispose();
        await _app.DisposeAsync();
    }
}
