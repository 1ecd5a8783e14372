using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Hosting.Triggers.Local;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Hosting.Triggers.Local;

public sealed class QueueListenerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deletes_a_message_when_the_function_succeeds()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString);
        await queue.SendAsync(0xFF, 0x00, (byte)'"');

        _ = queue.Listen();
        await queue.UntilEmptyAsync();

        var message = Assert.Single(queue.Function.All);
        Assert.Equal([0xFF, 0x00, (byte)'"'], message.Body.ToArray());
        Assert.Equal(1, message.DequeueCount);
        Assert.NotNull(message.Id);
        Assert.NotNull(message.InsertionTime);
        Assert.NotNull(message.InvocationId);
        Assert.False(await queue.Poison.ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Tries_again_when_the_function_fails()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString);
        queue.Function.Behaviour = SucceedAtThirdAttempt;
        await queue.SendAsync(1);

        _ = queue.Listen();
        await queue.UntilEmptyAsync();

        Assert.Equal([1, 2, 3], queue.Function.All.Select(static message => message.DequeueCount!.Value));
        Assert.False(await queue.Poison.ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Hides_a_failed_message_for_the_visibility_timeout()
    {
        var invisibility = TimeSpan.FromSeconds(1);
        await using var queue = await ListenedQueue.CreateAsync(
            azurite.ConnectionString, ListenedQueue.Rules(visibilityTimeout: TimeSpan.FromHours(1)), invisibility);
        queue.Function.Behaviour = static _ => Task.FromResult(TriggerOutcome.Failed("never"));
        await queue.SendAsync(1);

        _ = queue.Listen();
        await Eventually.TrueAsync(() => queue.Function.All.Count == 1, "an attempt is made");
        await Task.Delay(invisibility * 2, Cancellation);

        Assert.Single(queue.Function.All);
        Assert.Null((await queue.Queue.PeekMessageAsync(Cancellation)).Value);
        Assert.Equal(1, await ListenedQueue.CountAsync(queue.Queue));
    }

    [Fact]
    public async Task Moves_a_message_to_the_poison_queue_at_the_fifth_failure()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString);
        queue.Function.Behaviour = static message => message.Body.Span[0] == 13
            ? throw new InvalidOperationException("poison")
            : Task.FromResult(TriggerOutcome.Done);
        await queue.SendAsync(13);
        await queue.SendAsync(1);

        _ = queue.Listen();
        var poisoned = await queue.TakePoisonAsync();
        await queue.UntilEmptyAsync();

        Assert.Equal(Convert.ToBase64String([13]), poisoned);
        Assert.Equal(5, queue.Function.All.Count(static message => message.Body.Span[0] == 13));
        Assert.Equal(1, queue.Function.All.Count(static message => message.Body.Span[0] == 1));
        Assert.Equal(1, await ListenedQueue.CountAsync(queue.Poison));
    }

    [Fact]
    public async Task Moves_a_message_to_the_poison_queue_as_soon_as_its_last_attempt_fails()
    {
        await using var queue = await ListenedQueue.CreateAsync(
            azurite.ConnectionString, ListenedQueue.Rules(maxDequeueCount: 1, visibilityTimeout: TimeSpan.FromHours(1)));
        queue.Function.Behaviour = static _ => Task.FromResult(TriggerOutcome.Failed("never"));
        await queue.SendAsync(1);

        _ = queue.Listen();
        await queue.TakePoisonAsync();
        await queue.UntilEmptyAsync();

        Assert.Single(queue.Function.All);
    }

    [Fact]
    public async Task Moves_a_text_that_is_no_base64_to_the_poison_queue_without_invoking()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString);
        await queue.SendRawAsync("{\"patient\": <none> & \"é\"}");

        _ = queue.Listen();
        var poisoned = await queue.TakePoisonAsync();
        await queue.UntilEmptyAsync();

        Assert.Equal("{\"patient\": <none> & \"é\"}", poisoned);
        Assert.Empty(queue.Function.All);
    }

    [Fact]
    public async Task Moves_a_message_to_the_poison_queue_without_invoking_when_its_attempts_were_used_up_elsewhere()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString, ListenedQueue.Rules(maxDequeueCount: 1));
        await queue.SendAsync(1);
        var taken = (await queue.Queue.ReceiveMessageAsync(TimeSpan.FromSeconds(10), Cancellation)).Value;
        await queue.Queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, (string?)null, TimeSpan.Zero, Cancellation);

        _ = queue.Listen();
        await queue.TakePoisonAsync();
        await queue.UntilEmptyAsync();

        Assert.Empty(queue.Function.All);
    }

    [Fact]
    public async Task Leaves_a_failed_message_of_a_poison_queue_where_it_is()
    {
        await using var queue = await ListenedQueue.CreateAsync(
            azurite.ConnectionString, ListenedQueue.Rules(maxDequeueCount: 1), TimeSpan.FromSeconds(1), nameSuffix: "-poison");
        queue.Function.Behaviour = SucceedAtThirdAttempt;
        await queue.SendAsync(1);

        _ = queue.Listen();
        await queue.UntilEmptyAsync();

        Assert.Equal([1, 2, 3], queue.Function.All.Select(static message => message.DequeueCount!.Value));
    }

    [Fact]
    public async Task Keeps_a_message_hidden_while_it_is_in_work()
    {
        var invisibility = TimeSpan.FromSeconds(2);
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString, invisibility: invisibility);
        queue.Function.Behaviour = async _ =>
        {
            await Task.Delay(invisibility * 2.5, Cancellation);
            return TriggerOutcome.Done;
        };
        await queue.SendAsync(1);

        _ = queue.Listen();
        await queue.UntilEmptyAsync();

        Assert.Single(queue.Function.All);
    }

    [Fact]
    public async Task Runs_no_more_than_batch_size_and_threshold_together()
    {
        await using var queue = await ListenedQueue.CreateAsync(
            azurite.ConnectionString, ListenedQueue.Rules(batchSize: 2, newBatchThreshold: 1));
        var gate = new TaskCompletionSource<TriggerOutcome>();
        queue.Function.Behaviour = message => message.Body.Span[0] == 0 ? Task.FromResult(TriggerOutcome.Done) : gate.Task;
        for (byte i = 0; i < 10; i++)
            await queue.SendAsync(i);

        _ = queue.Listen();
        await Eventually.TrueAsync(() => queue.Function.Running >= 3, "three run together");
        await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
        var mostBehindTheGate = queue.Function.MostRunning;
        gate.SetResult(TriggerOutcome.Done);
        await queue.UntilEmptyAsync();

        Assert.Equal(3, mostBehindTheGate);
        Assert.Equal(10, queue.Function.All.Count);
    }

    [Fact]
    public async Task Waits_for_a_queue_that_does_not_exist_yet()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString, exists: false);

        _ = queue.Listen();
        await queue.UntilLoggedAsync("does not exist");
        await queue.Queue.CreateAsync(cancellationToken: Cancellation);
        await queue.SendAsync(1);
        await queue.UntilEmptyAsync();

        Assert.Single(queue.Function.All);
        Assert.Equal(1, queue.CountLogged("does not exist"));
    }

    [Fact]
    public async Task Lets_running_invocations_finish_when_it_stops()
    {
        await using var queue = await ListenedQueue.CreateAsync(azurite.ConnectionString);
        var gate = new TaskCompletionSource<TriggerOutcome>();
        queue.Function.Behaviour = _ => gate.Task;
        await queue.SendAsync(1);
        var listening = queue.Listen();
        await Eventually.TrueAsync(() => queue.Function.Running == 1, "the message is in work");

        queue.StopListening();
        await queue.SendAsync(2);
        await Task.Delay(TimeSpan.FromMilliseconds(500), Cancellation);
        var endedEarly = listening.IsCompleted;
        gate.SetResult(TriggerOutcome.Done);
        await listening;

        Assert.False(endedEarly);
        Assert.Equal(1, Assert.Single(queue.Function.All).Body.Span[0]);
        Assert.Equal(1, await ListenedQueue.CountAsync(queue.Queue));
    }

    [Fact]
    public async Task Gives_a_message_back_when_the_process_no_longer_answers_itself()
    {
        await using var queue = await ListenedQueue.CreateAsync(
            azurite.ConnectionString, ListenedQueue.Rules(visibilityTimeout: TimeSpan.FromHours(1)));
        await queue.StopAppAsync();
        await queue.SendAsync(1);

        var listening = queue.Listen();
        await queue.UntilLoggedAsync("cannot be reached");
        queue.StopListening();
        await listening;

        Assert.NotNull((await queue.Queue.PeekMessageAsync(Cancellation)).Value);
        Assert.Empty(queue.Function.All);
    }

    [Fact]
    public async Task Tells_an_outage_once_and_goes_on_when_the_storage_is_back()
    {
        var data = Directory.CreateTempSubdirectory("listener-outage-");
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = data.FullName }, Cancellation);
        await using var queue = await ListenedQueue.CreateAsync(emulator.ConnectionString);
        _ = queue.Listen();
        await queue.UntilLoggedAsync("listens to");

        await emulator.StopAsync(Cancellation);
        await queue.UntilLoggedAsync("cannot be reached");
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        await emulator.RestartAsync(Cancellation);
        await queue.SendAsync(1);
        await queue.UntilEmptyAsync();

        Assert.Single(queue.Function.All);
        Assert.Equal(1, queue.CountLogged("cannot be reached"));
        Assert.Equal(2, queue.CountLogged("listens to"));
    }

    [Theory]
    [InlineData("prediction-requests", "prediction-requests-poison")]
    [InlineData("prediction-requests-poison", null)]
    [InlineData("a23456789-b23456789-c23456789-d23456789-e23456789-f23456", "a23456789-b23456789-c23456789-d23456789-e23456789-f23456-poison")]
    [InlineData("a23456789-b23456789-c23456789-d23456789-e23456789-f234567", null)]
    public void PoisonQueueName_is_null_for_a_poison_queue_and_when_it_gets_too_long(string queue, string? expected) =>
        Assert.Equal(expected, QueueSubscription.PoisonQueueName(queue));

    private static Task<TriggerOutcome> SucceedAtThirdAttempt(QueueTriggerMessage message) =>
        Task.FromResult(message.DequeueCount < 3 ? TriggerOutcome.Failed("not yet") : TriggerOutcome.Done);
}
